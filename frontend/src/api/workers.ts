import { request, requestJson } from './request';

/** States of conversations that had to leave a model's context. */
export interface CacheTier {
  readonly entries: number;
  readonly bytes: number;
}

/** A model of a worker. What can be counted is null until it is ready; counts only grow while it is loaded. */
export interface WorkerModel {
  readonly name: string;
  readonly state: 'loading' | 'ready' | 'failed' | 'unreachable';
  readonly failure: string | null;
  readonly context_tokens: number | null;
  readonly running: number | null;
  readonly waiting: number | null;
  /** Most that run at once. */
  readonly sequences: number | null;
  readonly work: { readonly prefill_tokens: number; readonly completion_tokens: number } | null;
  readonly cache: {
    readonly retained_tokens: number;
    readonly prompt_tokens: number;
    readonly cached_tokens: number;
    readonly memory: CacheTier;
    readonly disk: CacheTier;
  } | null;
}

/** Something that computes replies. */
export interface Worker {
  readonly name: string;
  readonly kind: 'embedded' | 'process' | 'remote';
  readonly state: 'loading' | 'ready' | 'failed' | 'draining';
  readonly started_at: string;
  /** How often its process has been started again; 0 for one that this server did not start. */
  readonly restarts: number;
  readonly models: readonly WorkerModel[];
}

/** What the server is doing at this moment. */
export interface WorkersReport {
  readonly workers: readonly Worker[];
  readonly server: {
    readonly version: string | null;
    readonly uptime_seconds: number;
    readonly heap_used_bytes: number;
    /** -1 without a limit. */
    readonly heap_max_bytes: number;
    readonly running_replies: number;
  };
}

export function getWorkers(): Promise<WorkersReport> {
  return requestJson('/api/workers');
}

/** Has a worker take nothing more while its replies go on, or take requests again. */
export async function drainWorker(name: string, drain: boolean): Promise<void> {
  await request(`/api/workers/${encodeURIComponent(name)}/${drain ? 'drain' : 'undrain'}`, { method: 'POST' });
}
