-- The words of titles and messages. Each row's words include its owner, behind a blank that no word has, so that the index leads to
-- one owner's rows at once however common a word is. A vector has at most 1 MiB, which 100,000 characters cannot exceed. A reply that
-- is still written is not indexed, which keeps its progress cheap.

alter table conversation add column words tsvector generated always as (
	to_tsvector('simple', coalesce(title, '')) || array_to_tsvector(array[' ' || owner])) stored;

create index conversation_words on conversation using gin (words);

alter table message add column words tsvector generated always as (
	case when status in ('queued', 'in_progress') then null
	else to_tsvector('simple', left(content, 100000)) || array_to_tsvector(array[' ' || owner]) end) stored;

create index message_words on message using gin (words);
