-- How much keys may use. null is what the configuration says for all keys, 0 any number.

alter table api_key add column requests_per_minute bigint;
alter table api_key add column tokens_per_minute bigint;
alter table api_key add column concurrent_replies bigint;
-- Of a day in UTC.
alter table api_key add column daily_tokens bigint;
