-- Conversations, one row per message. Both databases understand this file; what they do differently is in the folders beside it.

create table conversation (
	id uuid primary key,
	owner varchar(128) not null,
	title varchar(200),
	model varchar(256) not null,
	system_message varchar(1048576),
	parameters varchar not null,
	pinned boolean default false not null,
	archived boolean default false not null,
	metadata varchar not null,
	leaf uuid,
	-- The one reply that may be written at a time. Who changes it holds this row, and takes it before the message's.
	running_reply uuid,
	created_at timestamp with time zone not null,
	updated_at timestamp with time zone not null,
	version bigint not null
);

create index conversation_list on conversation (owner, archived, pinned, updated_at, id);
create index conversation_made on conversation (owner, id);
create index conversation_changed on conversation (owner, updated_at, id);
create index conversation_updated on conversation (updated_at);
create index conversation_running on conversation (running_reply);

-- No foreign key on parent: the store checks it, and messages go with their conversation alone, so that a key would only cost an
-- index and a look-up for each message deleted.
create table message (
	id uuid primary key,
	conversation uuid not null references conversation (id) on delete cascade,
	-- That of the conversation, which never changes.
	owner varchar(128) not null,
	parent uuid,
	depth integer not null,
	role varchar(9) not null,
	content varchar(1048576) not null,
	-- Of the content, in UTF-16 units.
	characters integer not null,
	tool_calls varchar,
	tool_call_id varchar(1024),
	status varchar(11) not null,
	token_model varchar(256),
	tokens integer,
	-- Only what a model writes has one.
	model varchar(256),
	window_report varchar,
	prompt_tokens integer,
	completion_tokens integer,
	cached_tokens integer,
	finish_reason varchar(9),
	queue_nanos bigint,
	prefill_nanos bigint,
	decode_nanos bigint,
	first_token_nanos bigint,
	error_code varchar(64),
	error_message varchar(4096),
	finished_at timestamp with time zone,
	feedback_good boolean,
	feedback_reason varchar(1000),
	created_at timestamp with time zone not null,
	-- Of a reply that is being written: which server does, and until when it need not be heard of. Not indexed, so that a reply's
	-- progress touches no index.
	writer uuid,
	lease_until timestamp with time zone
);

create index message_made on message (conversation, created_at, depth, id);

create table segment (
	conversation uuid not null references conversation (id) on delete cascade,
	first_message uuid not null,
	last_message uuid not null,
	policy varchar(16) not null,
	recap varchar(1048576),
	recap_tokens integer not null,
	created_at timestamp with time zone not null,
	primary key (conversation, first_message, last_message, policy)
);

create table share (
	-- SHA-256 of the token, in hexadecimal digits.
	token_hash varchar(64) primary key,
	conversation uuid not null references conversation (id) on delete cascade,
	leaf uuid not null,
	created_at timestamp with time zone not null
);

create index share_conversation on share (conversation);
