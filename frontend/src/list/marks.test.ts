import { expect, it } from 'vitest';

import { marksOf } from './marks';

function marked(text: string, query: string): string {
  return marksOf(text, query)
    .map(({ part, marked: found }) => (found ? `[${part}]` : part))
    .join('');
}

it('marks words in upper and lower case, the longest where several begin', () => {
  expect(marked('The capital of capitals, ÄPFEL', 'cap capital äpfel')).toBe('The [capital] of [capital]s, [ÄPFEL]');
});

it('takes what means something to patterns or markup for what it is', () => {
  expect(marked('<b>a.*b</b>', '.* ( [b] \\')).toBe('<[b]>a.*[b]</[b]>');
  expect(marked('今天天气', '天')).toBe('今[天][天]气');
  expect(marked('nothing to see', '***')).toBe('nothing to see');
});
