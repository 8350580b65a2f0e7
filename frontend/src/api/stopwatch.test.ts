import { expect, it } from 'vitest';

import { Stopwatch } from './stopwatch';

function stopwatchOf(...millis: number[]): Stopwatch {
  const stopwatch = new Stopwatch(() => millis.shift() ?? NaN);
  for (let left = millis.length; left > 0; left--) {
    stopwatch.textArrived();
  }
  return stopwatch;
}

it('counts the tokens after the first against the time from the first text to the last', () => {
  expect(stopwatchOf(1000, 1200, 1500).statistics(11)).toEqual({ completionTokens: 11, tokensPerSecond: 20 });
});

it.each([[[]], [[1000]], [[1000, 1049]]])('claims no speed for texts that arrived at %j', (millis: number[]) => {
  expect(stopwatchOf(...millis).statistics(11)).toEqual({ completionTokens: 11, tokensPerSecond: null });
});
