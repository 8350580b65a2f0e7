import { requestJson } from './request';

/** Where states of conversations are kept that had to leave a model's context. */
export interface CacheTier {
  readonly entries?: number;
  readonly bytes?: number;
  readonly limit_bytes?: number;
}

/** What a worker says of a model. Tokens of prompts count since the worker began. */
export interface WorkerModel {
  readonly name: string;
  readonly state: 'loading' | 'ready' | 'failed';
  readonly failure?: string | null;
  readonly context_tokens?: number | null;
  readonly running: number;
  readonly waiting: number;
  /** Most that run at once. */
  readonly sequences?: number | null;
  readonly prompt_tokens?: number;
  readonly completion_tokens?: number;
  readonly cache?: {
    readonly retained_tokens?: number;
    readonly prompt_tokens?: number;
    readonly cached_tokens?: number;
    readonly memory?: CacheTier | null;
    readonly disk?: CacheTier | null;
  } | null;
}

/** Something that computes replies. */
export interface Worker {
  readonly name: string;
  readonly kind: string;
  readonly state: 'loading' | 'ready' | 'failed' | 'draining' | 'gone';
  readonly started_at?: string | null;
  readonly models: readonly WorkerModel[];
}

/** What the server is doing at this moment. */
export interface WorkersReport {
  readonly workers: readonly Worker[];
  readonly server: {
    readonly version?: string | null;
    readonly uptime_seconds: number;
    readonly heap_used_bytes: number;
    readonly heap_max_bytes: number;
    readonly running_replies?: number;
  };
}

export function getWorkers(): Promise<WorkersReport> {
  return requestJson('/api/workers');
}
