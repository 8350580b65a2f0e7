import { describe, expect, it } from 'vitest';

import type { WorkersReport } from '../api/workers';
import { HISTORY_MILLIS, hitRates, levels, tokenRates, total, withSample, type Sample } from './history';
import { strokes } from './Sparkline';

const NO_STATES = { entries: 0, bytes: 0 };

function sample(at: number, figures: { prompt?: number; cached?: number; completion?: number; running?: number }): Sample {
  const { prompt = 0, cached = 0, completion = 0, running = 0 } = figures;
  const report: WorkersReport = {
    workers: [
      {
        name: 'embedded',
        kind: 'embedded',
        state: 'ready',
        started_at: '2026-11-23T12:00:00Z',
        restarts: 0,
        models: [
          {
            name: 'cria',
            state: 'ready',
            running,
            failure: null,
            context_tokens: 2048,
            waiting: 0,
            sequences: 8,
            work: { prefill_tokens: prompt - cached, completion_tokens: completion },
            cache: { retained_tokens: 0, prompt_tokens: prompt, cached_tokens: cached, memory: NO_STATES, disk: NO_STATES },
          },
        ],
      },
    ],
    server: { version: null, uptime_seconds: 1, heap_used_bytes: 1, heap_max_bytes: 2, running_replies: 0 },
  };
  return { at, report };
}

describe('the history of a server', () => {
  it('forgets what is older than its charts', () => {
    const samples = withSample(withSample([], sample(1, {})), sample(HISTORY_MILLIS + 1, {}));

    expect(samples.map(({ at }) => at)).toEqual([HISTORY_MILLIS + 1]);
  });

  it('tells the hit rate of the prompts between two answers, not of all', () => {
    const rates = hitRates([sample(0, { prompt: 1000 }), sample(2000, { prompt: 1100, cached: 75 })]);

    expect(rates.map(({ value }) => value)).toEqual([null, 0.75]);
  });

  it('has no rate where no prompt was read or the worker began anew', () => {
    const rates = hitRates([sample(0, { prompt: 1000 }), sample(1, { prompt: 1000 }), sample(2, { prompt: 10 })]);

    expect(rates.map(({ value }) => value)).toEqual([null, null, null]);
  });

  it('tells tokens for each second whatever the time between answers', () => {
    const rates = tokenRates([sample(0, {}), sample(4000, { completion: 100 })]);

    expect(rates.at(-1)?.value).toBe(25);
  });

  it('sums over all models', () => {
    const points = levels([sample(0, { running: 3 })], (report) => total(report, (model) => model.running));

    expect(points).toEqual([{ at: 0, value: 3 }]);
  });
});

describe('a sparkline', () => {
  it('breaks where nothing was measured', () => {
    const lines = strokes([1, null, 2, 3].map((value, index) => ({ at: index * 1000, value })));

    expect(lines).toHaveLength(2);
  });

  it('ends at the right edge and reaches the top with its greatest value', () => {
    const [line] = strokes([
      { at: 0, value: 0 },
      { at: HISTORY_MILLIS, value: 7 },
    ]);

    expect(line).toBe('0.0,27.0 120.0,1.0');
  });

  it('draws a single value and none at all', () => {
    expect(strokes([{ at: 5, value: 1 }])).toEqual(['120.0,1.0 120.0,1.0']);
    expect(strokes([])).toEqual([]);
  });
});
