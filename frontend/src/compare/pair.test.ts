import { describe, expect, it } from 'vitest';

import { addressOf, asChange, beginning, madeWith, pairOf, SERVER_DEFAULTS, temperatureOf } from './pair';

describe('the address of a pair', () => {
  it('is read as it was written, also with one side only', () => {
    for (const pair of [
      { a: 'x', b: 'y' },
      { a: 'x', b: null },
      { a: null, b: 'y/?&' },
      { a: null, b: null },
    ]) {
      const query = addressOf(pair).replace('/compare', '');

      expect(pairOf(new URLSearchParams(query))).toEqual(pair);
    }
  });

  it('never has one conversation on both sides', () => {
    expect(pairOf(new URLSearchParams('a=x&b=x'))).toEqual({ a: 'x', b: null });
  });
});

describe('the settings of a side', () => {
  it('leave to the server what was not chosen', () => {
    const made = madeWith({ ...SERVER_DEFAULTS, model: 'cria', temperature: 0 }, 'pair', 'A: Title');

    expect(made).toEqual({ model: 'cria', temperature: 0, title: 'A: Title', metadata: { compare: 'pair' } });
  });

  it('take parameters away from a stored conversation with null, and its system message with an empty one', () => {
    expect(asChange({ temperature: null, window: null, system: null })).toEqual({ temperature: null, window: null, system: '' });
    expect(asChange({ model: 'other' })).toEqual({ model: 'other' });
  });

  it('have a temperature from 0 to 2 or none', () => {
    expect(['', ' ', '0', '0,7', '2', '2.1', '-1', 'warm', 'NaN'].map(temperatureOf)).toEqual([
      null,
      null,
      0,
      0.7,
      2,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('the title of a side', () => {
  it('is the beginning of what was said, in one line and whole characters', () => {
    expect(beginning('  a\n b ')).toBe('a b');
    expect(Array.from(beginning('😀'.repeat(100)))).toHaveLength(60);
  });
});
