import { expect, it } from 'vitest';

import { PARAMETERS, parametersFor, parseTyped, type ParameterName } from './parameters';
import { escaped, isStopSequence, unescaped } from './stopSequences';

function typed(name: ParameterName, text: string) {
  const parameter = parametersFor(2048).find((each) => each.name === name);
  if (parameter === undefined) {
    throw new Error(name);
  }
  return parseTyped(text, parameter);
}

it.each([
  ['0', 0],
  ['0.7', 0.7],
  ['.5', 0.5],
  [' 1. ', 1],
  ['0,7', 0.7],
  ['２', 2],
])('reads %j', (text, value) => {
  expect(typed('temperature', text)).toEqual({ kind: 'number', value });
});

it('takes nothing for the default', () => {
  expect(typed('temperature', '  ')).toEqual({ kind: 'empty' });
});

it.each(['-', 'abc', '1e1', '0x1', '1 2', 'NaN', 'Infinity', '1,000.5'])('does not take %j for a number', (text) => {
  expect(typed('temperature', text)).toEqual({ kind: 'no-number' });
});

it.each([
  ['temperature', '2.01'],
  ['temperature', '-0.1'],
  ['top_p', '1.1'],
  ['presence_penalty', '−2.5'],
  ['repetition_penalty', '0'],
  ['max_tokens', '0'],
  ['max_tokens', '2049'],
  ['seed', '9007199254740993'],
] as const)('tells that %s cannot be %s', (name, text) => {
  expect(typed(name, text)).toEqual({ kind: 'out-of-range' });
});

it('wants whole numbers where only those make sense', () => {
  expect(typed('top_k', '1.5')).toEqual({ kind: 'not-whole' });
  expect(typed('seed', '-7')).toEqual({ kind: 'number', value: -7 });
});

it('offers on sliders only what the server takes', () => {
  for (const { name, min, max, slider, usual } of PARAMETERS) {
    const [from, to] = slider ?? [min, max];
    expect(from, name).toBeGreaterThanOrEqual(min);
    expect(to, name).toBeLessThanOrEqual(max);
    expect(usual ?? from, name).toBeGreaterThanOrEqual(from);
    expect(usual ?? to, name).toBeLessThanOrEqual(to);
  }
});

it('shows stop sequences on one line and reads them back', () => {
  for (const sequence of ['\n', 'a\tb', '\\n', 'C:\\new', '\r\n', 'plain', '\\']) {
    expect(escaped(sequence)).not.toMatch(/[\n\t\r]/);
    expect(unescaped(escaped(sequence))).toBe(sequence);
  }
});

it('knows which stop sequences the server takes', () => {
  expect(['', 'a', 'x'.repeat(256), 'x'.repeat(257), 7].map(isStopSequence)).toEqual([false, true, true, false, false]);
});
