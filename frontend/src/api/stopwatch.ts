/** How much was generated, and how fast. */
export interface Statistics {
  readonly completionTokens: number;
  /** From the first text to the last; null where that was too short a time to tell. */
  readonly tokensPerSecond: number | null;
}

/** Below this, the clock and the network's buffers say more than the model does. */
const SHORTEST_MEASURABLE_MILLIS = 50;

/** Times the texts of one reply as they arrive. */
export class Stopwatch {
  readonly #now: () => number;
  #firstMillis: number | null = null;
  #lastMillis = 0;

  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Notes that some text has arrived. */
  textArrived(): void {
    this.#lastMillis = this.#now();
    this.#firstMillis ??= this.#lastMillis;
  }

  /** The statistics of the reply, given how many tokens the server counted. */
  statistics(completionTokens: number): Statistics {
    const millis = this.#lastMillis - (this.#firstMillis ?? this.#lastMillis);
    const measurable = millis >= SHORTEST_MEASURABLE_MILLIS && completionTokens > 1;
    // The first token starts the clock, so it is not among those that were timed.
    return { completionTokens, tokensPerSecond: measurable ? ((completionTokens - 1) * 1000) / millis : null };
  }
}
