-- What HTTP APIs remember of their answers.

create table kept_answer (
	kind varchar(10) not null,
	id uuid not null,
	conversation uuid not null references conversation (id) on delete cascade,
	-- That of the conversation, which never changes.
	owner varchar(128) not null,
	message uuid not null,
	body varchar(1048576) not null,
	created_at timestamp with time zone not null,
	primary key (kind, id)
);

create index kept_answer_list on kept_answer (owner, kind, id);
create index kept_answer_conversation on kept_answer (conversation);
