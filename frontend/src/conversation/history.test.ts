import { expect, it } from 'vitest';

import type { Turn } from './conversation';
import { messagesFor } from './history';

function turn(question: string, text: string): Turn {
  return { id: 0, question, reply: { text, status: { kind: 'stopped' } } };
}

it('sends every turn before the question', () => {
  expect(messagesFor([turn('A?', 'A.'), turn('B?', 'B.')], 'C?')).toEqual([
    { role: 'user', content: 'A?' },
    { role: 'assistant', content: 'A.' },
    { role: 'user', content: 'B?' },
    { role: 'assistant', content: 'B.' },
    { role: 'user', content: 'C?' },
  ]);
});

it('leaves out turns without a reply, so that the roles take turns', () => {
  expect(messagesFor([turn('A?', '')], 'B?')).toEqual([{ role: 'user', content: 'B?' }]);
});
