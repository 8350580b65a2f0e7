import type { Conversation } from '../api/types';

/** What conversations under one heading have in common. Months are those of a calendar, from 0. */
export type GroupName =
  | { readonly kind: 'pinned' | 'today' | 'yesterday' | 'week' }
  | { readonly kind: 'month'; readonly year: number; readonly month: number };

export interface Group {
  readonly key: string;
  readonly name: GroupName;
  /** It goes on with the group before it, so it needs no heading. */
  readonly continued: boolean;
  readonly rows: readonly Conversation[];
}

/** Groups are drawn as a whole when they come into sight, so a long one is cut into parts. */
const MOST_ROWS = 40;

/** Conversations of the last days before yesterday are shown together. */
const WEEK_DAYS = 7;

/**
 * Puts conversations under headings. They keep their order, which is the server's: pinned ones, then by the last change.
 *
 * @param today any time of the reader's day
 */
export function groupsOf(rows: readonly Conversation[], today: Date): readonly Group[] {
  const groups: (Group & { rows: Conversation[] })[] = [];
  let before = '';
  for (const row of rows) {
    const name: GroupName = row.pinned ? { kind: 'pinned' } : dayOf(new Date(row.updated_at), today);
    const key = name.kind === 'month' ? `${name.year}-${name.month}` : name.kind;
    const last = groups.at(-1);
    if (last !== undefined && key === before && last.rows.length < MOST_ROWS) {
      last.rows.push(row);
    } else {
      groups.push({ key: `${key}/${groups.length}`, name, continued: key === before, rows: [row] });
    }
    before = key;
  }
  return groups;
}

function dayOf(time: Date, today: Date): GroupName {
  const daysAgo = (days: number): Date => new Date(today.getFullYear(), today.getMonth(), today.getDate() - days);
  if (time >= daysAgo(0)) {
    return { kind: 'today' };
  }
  if (time >= daysAgo(1)) {
    return { kind: 'yesterday' };
  }
  if (time >= daysAgo(WEEK_DAYS)) {
    return { kind: 'week' };
  }
  return { kind: 'month', year: time.getFullYear(), month: time.getMonth() };
}
