import { expect, it } from 'vitest';

import { ImportReader } from './imports';

const ANSWER = [
  { number: 1, conversation_id: 'a', title: 'Grüße, 世界! 🦙', messages: 2 },
  { number: 2, problem: 'line 2 is "broken"\nand more' },
  { number: 3, conversation_id: 'b', title: null, messages: 0 },
  { imported: 2, refused: 1 },
]
  .map((line) => `${JSON.stringify(line)}\n`)
  .join('');

it('reads the same lines however the answer is cut', () => {
  const whole = new ImportReader().take(ANSWER);
  expect(whole).toEqual([
    { type: 'imported', number: 1, title: 'Grüße, 世界! 🦙' },
    { type: 'refused', number: 2, problem: 'line 2 is "broken"\nand more' },
    { type: 'imported', number: 3, title: null },
    { type: 'total', imported: 2, refused: 1 },
  ]);

  let random = 7;
  for (let round = 0; round < 200; round++) {
    const reader = new ImportReader();
    const lines = [];
    for (let end = 0; end < ANSWER.length; ) {
      // A linear congruential generator (Numerical Recipes).
      random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
      end = Math.min(ANSWER.length, end + 1 + (random % 40));
      lines.push(...reader.take(ANSWER.slice(0, end)));
    }
    expect(lines, `round ${round}`).toEqual(whole);
  }
});

it('tells the error that ends an answer early', () => {
  const error = { message: 'The database is full.', code: null };

  expect(new ImportReader().take(`${JSON.stringify({ error })}\n`)).toEqual([{ type: 'failed', error }]);
});

it('waits for the end of a line', () => {
  expect(new ImportReader().take('{"imported":1,')).toEqual([]);
});
