-- Chinese and Japanese have no spaces between words. Each of their characters becomes a word of its own, so that any part of a text is found as a
-- phrase of them: hiragana and katakana, and the ideographs of Unicode's first three planes. Rewrites both tables.

create function corral_spaced(text) returns text language sql immutable strict parallel safe
	return regexp_replace($1, '([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])', ' \1 ', 'g');

alter table conversation drop column words;

alter table conversation add column words tsvector generated always as (
	to_tsvector('simple', corral_spaced(coalesce(title, ''))) || array_to_tsvector(array[' ' || owner])) stored;

create index conversation_words on conversation using gin (words);

alter table message drop column words;

alter table message add column words tsvector generated always as (
	case when status in ('queued', 'in_progress') then null
	else to_tsvector('simple', corral_spaced(left(content, 100000))) || array_to_tsvector(array[' ' || owner]) end) stored;

create index message_words on message using gin (words);
