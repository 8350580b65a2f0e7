import type { importFile, ImportLine } from '../../api/imports';
import { failureOf, type Failure } from '../../api/failure';
import { isAborted } from '../../api/pause';

/** A conversation of a file that was not taken in. */
export interface RefusedConversation {
  readonly number: number;
  readonly problem: string;
}

/** What becomes of a file, or has become of it. */
export interface FileImport {
  readonly key: number;
  readonly name: string;
  readonly size: number;
  readonly stage: 'running' | 'done' | 'cancelled' | 'failed';
  readonly sentBytes: number;
  readonly imported: number;
  readonly refused: number;
  /** The first ones of those that were refused. */
  readonly refusals: readonly RefusedConversation[];
  readonly failure: Failure | null;
}

export interface ImportState {
  /** In the order in which they were given; the last one may be running. */
  readonly files: readonly FileImport[];
  /** How many wait for those before them. */
  readonly waiting: number;
}

const NOTHING: ImportState = { files: [], waiting: 0 };

/** How many refused conversations are kept of a file; of the others only their number is. */
const MOST_REFUSALS = 20;

/** Sends files to the server, one after the other. */
export class Importer {
  readonly #send: (...args: Parameters<typeof importFile>) => Promise<void>;
  readonly #chooseModel: () => Promise<string | null>;
  readonly #onStored: () => void;
  readonly #listeners = new Set<() => void>();
  #state = NOTHING;
  #waiting: readonly File[] = [];
  #running: AbortController | null = null;
  #nextKey = 0;

  /**
   * @param chooseModel tells who replies in conversations whose own model is not served
   * @param onStored told when a file is through, or as far as it came
   */
  constructor(send: typeof importFile, chooseModel: () => Promise<string | null>, onStored: () => void) {
    this.#send = send;
    this.#chooseModel = chooseModel;
    this.#onStored = onStored;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly getState = (): ImportState => this.#state;

  /** Takes files in, after those that are under way. */
  add(files: readonly File[]): void {
    if (files.length === 0) {
      return;
    }
    this.#waiting = [...this.#waiting, ...files];
    if (this.#running === null) {
      void this.#run();
    } else {
      this.#show({ waiting: this.#waiting.length });
    }
  }

  /** Gives up the file that is under way and those that wait. What was stored stays. */
  cancel(): void {
    this.#waiting = [];
    this.#running?.abort();
  }

  /** Forgets what is over. */
  dismiss(): void {
    if (this.#running === null) {
      this.#show(NOTHING);
    }
  }

  async #run(): Promise<void> {
    const running = new AbortController();
    this.#running = running;
    while (!isAborted(running.signal)) {
      const [file, ...rest] = this.#waiting;
      if (file === undefined) {
        break;
      }
      this.#waiting = rest;
      this.#begin(file);
      await this.#one(file, running.signal);
      this.#onStored();
    }
    this.#running = null;
  }

  async #one(file: File, signal: AbortSignal): Promise<void> {
    try {
      const model = await this.#chooseModel();
      if (isAborted(signal)) {
        this.#change({ stage: 'cancelled' });
        return;
      }
      const listener = {
        onSent: (sentBytes: number) => {
          this.#change({ sentBytes });
        },
        onLines: (lines: readonly ImportLine[]) => {
          this.#count(lines);
        },
      };
      await this.#send(file, model, listener, signal);
      this.#change({ stage: 'done' });
    } catch (error) {
      this.#change(isAborted(signal) ? { stage: 'cancelled' } : { stage: 'failed', failure: failureOf(error) });
    }
  }

  #begin({ name, size }: File): void {
    const file: FileImport = {
      key: this.#nextKey++,
      name,
      size,
      stage: 'running',
      sentBytes: 0,
      imported: 0,
      refused: 0,
      refusals: [],
      failure: null,
    };
    this.#show({ files: [...this.#state.files, file], waiting: this.#waiting.length });
  }

  #count(lines: readonly ImportLine[]): void {
    const last = this.#state.files.at(-1);
    if (last === undefined) {
      return;
    }
    let { imported, refused } = last;
    const refusals = [...last.refusals];
    for (const line of lines) {
      if (line.type === 'imported') {
        imported++;
      } else if (line.type === 'refused') {
        refused++;
        if (refusals.length < MOST_REFUSALS) {
          refusals.push({ number: line.number, problem: line.problem });
        }
      } else if (line.type === 'total') {
        ({ imported, refused } = line);
      }
    }
    this.#change({ imported, refused, refusals });
  }

  /** Changes the file that is under way. */
  #change(change: Partial<FileImport>): void {
    const { files } = this.#state;
    this.#show({ files: files.map((file, index) => (index === files.length - 1 ? { ...file, ...change } : file)) });
  }

  #show(change: Partial<ImportState>): void {
    this.#state = { ...this.#state, waiting: this.#waiting.length, ...change };
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
