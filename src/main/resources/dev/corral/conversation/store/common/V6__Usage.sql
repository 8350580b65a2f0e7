-- How much each key has had computed. Servers add to it every few seconds.

create table key_usage (
	-- In UTC.
	usage_day date not null,
	owner varchar(128) not null,
	key_name varchar(128) not null,
	model varchar(256) not null,
	requests bigint not null,
	prompt_tokens bigint not null,
	-- Of those of prompts.
	cached_tokens bigint not null,
	completion_tokens bigint not null,
	primary key (usage_day, owner, key_name, model)
);

create index key_usage_owner on key_usage (owner, usage_day);
