import { expect, it } from 'vitest';

import { aConversation } from '../../test/conversations';
import { groupsOf } from './groups';

const TODAY = new Date(2026, 2, 3, 15, 0);

function at(...[year, month, day, hour]: readonly [number, number, number, number]) {
  return aConversation({ id: `${year}-${month}-${day}-${hour}`, updated_at: new Date(year, month, day, hour).toISOString() });
}

it('puts conversations under the days and months of the reader', () => {
  const rows = [
    { ...at(2020, 0, 1, 0), pinned: true },
    at(2026, 2, 3, 0),
    at(2026, 2, 2, 23),
    at(2026, 2, 2, 0),
    at(2026, 2, 1, 23),
    at(2026, 1, 24, 0),
    at(2026, 1, 23, 23),
    at(2025, 1, 5, 12),
  ];

  const groups = groupsOf(rows, TODAY);

  expect(groups.map(({ name, rows: { length } }) => [name.kind === 'month' ? `${name.year}-${name.month}` : name.kind, length])).toEqual([
    ['pinned', 1],
    ['today', 1],
    ['yesterday', 2],
    ['week', 2],
    ['2026-1', 1],
    ['2025-1', 1],
  ]);
});

it('takes the time of a server whose clock is ahead for today', () => {
  expect(groupsOf([at(2026, 2, 4, 9)], TODAY)).toMatchObject([{ name: { kind: 'today' } }]);
});

it('cuts long groups into parts under one heading', () => {
  const rows = Array.from({ length: 100 }, () => at(2026, 2, 3, 1));

  const groups = groupsOf(rows, TODAY);

  expect(groups.map(({ continued, rows: { length } }) => [continued, length])).toEqual([
    [false, 40],
    [true, 40],
    [true, 20],
  ]);
});
