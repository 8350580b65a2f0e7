import type { WorkerModel, WorkersReport } from '../api/workers';

/** What the server said at a time, in milliseconds since the epoch. */
export interface Sample {
  readonly at: number;
  readonly report: WorkersReport;
}

/** How far back charts go. */
export const HISTORY_MILLIS = 5 * 60 * 1000;

/** A value at a time; null where there was nothing to measure. */
export interface Point {
  readonly at: number;
  readonly value: number | null;
}

/** The samples with a new one, without those that are too old. */
export function withSample(samples: readonly Sample[], sample: Sample): readonly Sample[] {
  return [...samples.filter(({ at }) => at > sample.at - HISTORY_MILLIS && at < sample.at), sample];
}

/** What a sample says, over time. */
export function levels(samples: readonly Sample[], level: (report: WorkersReport) => number): readonly Point[] {
  return samples.map(({ at, report }) => ({ at, value: level(report) }));
}

/** A figure of all models together. */
export function total(report: WorkersReport, figure: (model: WorkerModel) => number | null): number {
  return report.workers.flatMap(({ models }) => models).reduce((sum, model) => sum + (figure(model) ?? 0), 0);
}

/** Of the prompt tokens between two samples, the part that was not computed anew. */
export function hitRates(samples: readonly Sample[]): readonly Point[] {
  return differences(samples, (before, after) => {
    const prompt = grown(before, after, promptTokens);
    const cached = grown(before, after, cachedTokens);
    return prompt === null || cached === null || prompt === 0 ? null : Math.min(cached / prompt, 1);
  });
}

/** The tokens of replies that were written in a second between two samples. */
export function tokenRates(samples: readonly Sample[]): readonly Point[] {
  return differences(samples, (before, after) => {
    const written = grown(before, after, (model) => model.work?.completion_tokens ?? 0);
    return written === null ? null : (written * 1000) / (after.at - before.at);
  });
}

/** The part of a model's prompt tokens since its start that was not computed anew; null before its first prompt. */
export function hitRate(model: WorkerModel): number | null {
  return promptTokens(model) === 0 ? null : Math.min(cachedTokens(model) / promptTokens(model), 1);
}

function promptTokens(model: WorkerModel): number {
  return model.cache?.prompt_tokens ?? 0;
}

function cachedTokens(model: WorkerModel): number {
  return model.cache?.cached_tokens ?? 0;
}

function differences(
  samples: readonly Sample[],
  difference: (before: Sample, after: Sample) => number | null,
): readonly Point[] {
  return samples.map((after, index) => {
    const before = samples[index - 1];
    return { at: after.at, value: before === undefined ? null : difference(before, after) };
  });
}

/** How much a counter of all models has grown; null if it has begun anew, as it does with its worker. */
function grown(before: Sample, after: Sample, counter: (model: WorkerModel) => number): number | null {
  const growth = total(after.report, counter) - total(before.report, counter);
  return growth < 0 ? null : growth;
}
