-- Who may call. Nothing in these tables lets anybody in: they hold hashes of random secrets.

create table api_key (
	id uuid primary key,
	name varchar(128) not null unique,
	owner varchar(128) not null,
	role varchar(5) not null,
	-- One name a line; empty for all models.
	models varchar(65536) not null,
	-- SHA-256 of the key, in hexadecimal digits.
	key_hash varchar(64) not null unique,
	created_at timestamp with time zone not null,
	expires_at timestamp with time zone,
	-- Not exact, so that a request seldom costs a write.
	last_used_at timestamp with time zone
);

-- Browsers that have signed in with a key, which may also be one of the configuration.
create table browser_session (
	-- SHA-256 of the cookie's value, in hexadecimal digits.
	token_hash varchar(64) primary key,
	key_hash varchar(64) not null,
	expires_at timestamp with time zone not null
);

create index browser_session_key on browser_session (key_hash, expires_at);
create index browser_session_expiry on browser_session (expires_at);
