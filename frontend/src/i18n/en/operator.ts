import type { Failure } from '../../api/failure';
import type { Worker, WorkerModel } from '../../api/workers';
import { amountOfBytes } from '../../operator/bytes';

const numbers = new Intl.NumberFormat('en');
const percents = new Intl.NumberFormat('en', { style: 'percent', maximumFractionDigits: 0 });
const rates = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const times = new Intl.DateTimeFormat('en', { timeStyle: 'medium' });
const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });

/** What the server is doing. */
export const operator = {
  title: 'Server',
  workers: 'Workers',
  noWorkers: 'No worker has reported to this server.',
  columns: ['Model', 'State', 'Running', 'Waiting', 'Cache hits', 'Cached tokens', 'In memory', 'On disk'],
  lastMinutes: 'The last five minutes',
  running: 'Running',
  waiting: 'Waiting',
  tokenRate: 'Tokens per second',
  hitRate: 'Cache hits',
  heap: 'Java heap',
  nothing: '–',

  /** A chart in words. */
  chart: (name: string, range: { readonly least: string; readonly most: string } | null): string =>
    range === null
      ? `${name}, last five minutes: nothing yet`
      : `${name}, last five minutes: between ${range.least} and ${range.most}`,
  server: (version: string | null, uptimeSeconds: number): string =>
    `${version === null ? 'Corral' : `Corral ${version}`}, up for ${duration(uptimeSeconds)}`,
  kind: (kind: Worker['kind'], startedAt: string): string => {
    const where =
      kind === 'embedded' ? 'in the server itself' : kind === 'process' ? 'in a process of its own' : 'on another machine';
    return `${where}, since ${dates.format(new Date(startedAt))}`;
  },
  restarts: (times: number): string => (times === 1 ? 'started again once' : `started again ${numbers.format(times)} times`),
  drain: 'Drain',
  drainOf: (worker: string): string => `Drain ${worker}`,
  drainHint: 'Takes no new requests; the replies it writes go on.',
  undrain: 'Undrain',
  undrainOf: (worker: string): string => `Undrain ${worker}`,
  undrainHint: 'Takes requests again.',
  state: (state: Worker['state'] | WorkerModel['state']): string => {
    switch (state) {
      case 'ready':
        return 'Ready';
      case 'loading':
        return 'Loading';
      case 'failed':
        return 'Failed';
      case 'draining':
        return 'Draining';
      case 'unreachable':
        return 'Unreachable';
    }
  },
  ofSequences: (running: number, sequences: number | null): string =>
    sequences === null ? numbers.format(running) : `${numbers.format(running)} of ${numbers.format(sequences)}`,
  ofPlaces: (places: number): string => `of ${numbers.format(places)}`,
  ofBytes: (bytes: number): string => `of ${amountOfBytes(bytes, 'en')}`,
  number: (value: number): string => numbers.format(value),
  percent: (part: number): string => percents.format(part),
  rate: (perSecond: number): string => rates.format(perSecond),
  bytes: (bytes: number): string => amountOfBytes(bytes, 'en'),
  asOf: (time: Date): string => `The figures are from ${times.format(time)}.`,
  /** What a failure means on this page, where that is something of its own. */
  failures: {
    forbidden: 'Only administrators may see what the server is doing. Sign in with the key of one.',
    'not-found': 'This server does not tell what it is doing. Its version may be older than that of the page.',
    unreachable: 'The server cannot be reached. The page goes on trying.',
  } as Partial<Record<Failure['kind'], string>>,
};

/** A time span in its two largest units. */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  const days = Math.floor(hours / 24);
  if (days > 0) {
    return `${days} d ${hours % 24} h`;
  }
  return hours > 0 ? `${hours} h ${minutes % 60} min` : minutes > 0 ? `${minutes} min` : `${Math.floor(seconds)} s`;
}
