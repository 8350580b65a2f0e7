import type { Conversation, ConversationPage } from '../api/types';

/** The beginning of a list of conversations. */
export interface Rows {
  readonly rows: readonly Conversation[];
  /** Where the rest of the list begins; null when this is all of it. */
  readonly next: string | null;
}

/** Reads one page of a list. */
export type ReadPage = (after: string | null) => Promise<ConversationPage>;

/** Beyond this many pages of news, what was known before is forgotten rather than joined. */
const MOST_PAGES = 4;

/**
 * Reads what is new in a list. What changes in a conversation moves it to the top, so pages are read only until one has something
 * that is known already, which mostly is the first; the rest stays as it was known.
 */
export async function readNews(readPage: ReadPage, getKnown: () => Rows | undefined): Promise<Rows> {
  const fresh: Conversation[] = [];
  let next: string | null = null;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await readPage(next);
    fresh.push(...page.conversations);
    next = page.next;
    // Looked up only now, as more may have been read in the meantime.
    const known = getKnown();
    if (next === null || known === undefined) {
      break;
    }
    if (meets(page.conversations, known)) {
      return joined(fresh, next, known);
    }
  }
  return { rows: fresh, next };
}

/** Whether a page has something that has not changed since. Pinned ones tell nothing of those below. */
function meets(page: readonly Conversation[], known: Rows): boolean {
  const versions = new Map(known.rows.map(({ id, version }) => [id, version]));
  return page.some(({ id, version, pinned }) => !pinned && versions.get(id) === version);
}

function joined(fresh: readonly Conversation[], next: string, known: Rows): Rows {
  const last = fresh.at(-1);
  const ids = new Set(fresh.map(({ id }) => id));
  const rest = known.rows.filter((row) => last !== undefined && compare(row, last) > 0 && !ids.has(row.id));
  return rest.length === 0 ? { rows: fresh, next } : { rows: [...fresh, ...rest], next: known.next };
}

/** The rows with one more page. */
export function withPage(known: Rows, page: ConversationPage): Rows {
  const ids = new Set(known.rows.map(({ id }) => id));
  return { rows: [...known.rows, ...page.conversations.filter(({ id }) => !ids.has(id))], next: page.next };
}

/** The rows with a conversation as it is now in its place, unless that is beyond what is known. */
export function withRow(known: Rows, conversation: Conversation): Rows {
  const { rows, next } = withoutRow(known, conversation.id);
  const found = rows.findIndex((row) => compare(row, conversation) > 0);
  if (found < 0 && next !== null) {
    return { rows, next };
  }
  const place = found < 0 ? rows.length : found;
  return { rows: [...rows.slice(0, place), conversation, ...rows.slice(place)], next };
}

/** The rows without a conversation. */
export function withoutRow({ rows, next }: Rows, id: string): Rows {
  return { rows: rows.filter((row) => row.id !== id), next };
}

/** The server's order: pinned ones first, then by the last change. Negative when the first comes first. */
function compare(one: Conversation, other: Conversation): number {
  if (one.pinned !== other.pinned) {
    return one.pinned ? -1 : 1;
  }
  const [at, otherAt] = [instant(one.updated_at), instant(other.updated_at)];
  if (at !== otherAt) {
    return at > otherAt ? -1 : 1;
  }
  return one.id === other.id ? 0 : one.id > other.id ? -1 : 1;
}

/** Fractions of seconds have as many digits as they need; without the letter at the end, texts compare as times do. */
function instant(text: string): string {
  return text.replace(/Z$/, '');
}
