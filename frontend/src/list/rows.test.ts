import { expect, it } from 'vitest';

import { aConversation } from '../../test/conversations';
import type { Conversation, ConversationPage } from '../api/types';
import { readNews, withoutRow, withPage, withRow, type ReadPage, type Rows } from './rows';

const PAGE = 3;

/** A server with these conversations, whose pages are short; and how many of them were read. */
function serverWith(rows: readonly Conversation[]): { readonly readPage: ReadPage; readonly asked: (string | null)[] } {
  const asked: (string | null)[] = [];
  const readPage = (after: string | null): Promise<ConversationPage> => {
    asked.push(after);
    const start = after === null ? 0 : Number(after);
    const end = start + PAGE;
    return Promise.resolve({ conversations: rows.slice(start, end), next: end < rows.length ? String(end) : null });
  };
  return { readPage, asked };
}

/** Conversations from the newest on. */
function some(count: number): readonly Conversation[] {
  return Array.from({ length: count }, (_, index) =>
    aConversation({ id: `c${index}`, updated_at: new Date(Date.UTC(2026, 10, 20) - index * 60_000).toISOString() }),
  );
}

function touched(conversation: Conversation | undefined, second: number): Conversation {
  const updated_at = new Date(Date.UTC(2026, 10, 21, 0, 0, second)).toISOString();
  return { ...aConversation(conversation), updated_at, version: 1 };
}

const ids = ({ rows }: Rows): readonly string[] => rows.map(({ id }) => id);

it('reads the first page alone where nothing is known yet', async () => {
  const { readPage, asked } = serverWith(some(9));

  const read = await readNews(readPage, () => undefined);

  expect(ids(read)).toEqual(['c0', 'c1', 'c2']);
  expect(read.next).toBe('3');
  expect(asked).toHaveLength(1);
});

it('reads one page however much is known', async () => {
  const all = some(9);
  const { readPage, asked } = serverWith(all);

  const read = await readNews(readPage, () => ({ rows: all, next: null }));

  expect(read.rows).toEqual(all);
  expect(asked).toHaveLength(1);
});

it('shows what is new, what has moved and what is gone', async () => {
  const all = some(9);
  const now = [touched(undefined, 2), touched(all[7], 1), ...all.filter((_, index) => index !== 1 && index !== 7)];
  const { readPage, asked } = serverWith(now.map((row, index) => (index === 0 ? { ...row, id: 'new' } : row)));

  const read = await readNews(readPage, () => ({ rows: all.slice(0, 8), next: '8' }));

  expect(ids(read)).toEqual(['new', 'c7', 'c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']);
  expect(asked).toHaveLength(1);
});

it('reads on until it meets what is known', async () => {
  const all = some(9);
  const news = Array.from({ length: 4 }, (_, index) => ({ ...touched(undefined, 9 - index), id: `n${index}` }));
  const { readPage, asked } = serverWith([...news, ...all]);

  const read = await readNews(readPage, () => ({ rows: all, next: null }));

  expect(ids(read)).toEqual(['n0', 'n1', 'n2', 'n3', ...ids({ rows: all, next: null })]);
  expect(asked).toEqual([null, '3']);
});

it('looks beyond pinned ones, which hide what is new below them', async () => {
  const pinned = some(4).map((row) => ({ ...row, id: `p${row.id}`, pinned: true }));
  const all = [...pinned, ...some(3)];
  const fresh = { ...touched(undefined, 1), id: 'new' };
  const { readPage } = serverWith([...pinned, fresh, ...some(3)]);

  const read = await readNews(readPage, () => ({ rows: all, next: null }));

  expect(ids(read)).toEqual(['pc0', 'pc1', 'pc2', 'pc3', 'new', 'c0', 'c1', 'c2']);
});

it('forgets what it knew when nearly everything is new', async () => {
  const all = some(3);
  const news = Array.from({ length: 40 }, (_, index) => ({ ...touched(undefined, 59 - index), id: `n${index}` }));
  const { readPage, asked } = serverWith([...news, ...all]);

  const read = await readNews(readPage, () => ({ rows: all, next: null }));

  expect(read.rows).toHaveLength(12);
  expect(read.next).toBe('12');
  expect(asked).toHaveLength(4);
});

it('adds pages without doubling what has moved', () => {
  const all = some(6);

  const read = withPage({ rows: all.slice(0, 4), next: '4' }, { conversations: all.slice(3), next: null });

  expect(read).toEqual({ rows: all, next: null });
});

it('puts a conversation where the server would', () => {
  const rows = some(4);
  const known = { rows, next: '4' };

  expect(ids(withRow(known, { ...aConversation(rows[2]), pinned: true }))).toEqual(['c2', 'c0', 'c1', 'c3']);
  expect(ids(withRow(known, touched(rows[3], 0)))).toEqual(['c3', 'c0', 'c1', 'c2']);
  expect(ids(withRow(known, { ...aConversation(rows[0]), updated_at: '2020-01-01T00:00:00Z' }))).toEqual(['c1', 'c2', 'c3']);
  expect(ids(withoutRow(known, 'c1'))).toEqual(['c0', 'c2', 'c3']);
});

it('orders times by what they say, however many digits they have', () => {
  const whole = aConversation({ id: 'whole', updated_at: '2026-11-23T10:00:00Z' });
  const part = aConversation({ id: 'part', updated_at: '2026-11-23T10:00:00.5Z' });

  expect(ids(withRow({ rows: [whole], next: null }, part))).toEqual(['part', 'whole']);
});
