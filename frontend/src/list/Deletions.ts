/** What happens to deletions that failed. */
type OnFailed = (error: unknown) => void;

/**
 * Conversations that the reader has deleted. They are gone from the page at once, but from the server only when it is too late to
 * undo it, or the page is left.
 */
export class Deletions {
  readonly #remove: (id: string) => Promise<void>;
  readonly #waiting = new Map<string, OnFailed>();
  readonly #listeners = new Set<() => void>();
  #hidden: ReadonlySet<string> = new Set();

  /**
   * @param remove deletes a conversation for good, also when the page is left right after
   */
  constructor(remove: (id: string) => Promise<void>) {
    this.#remove = remove;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** The conversations that are to be shown no longer, whatever the server still has. */
  readonly getHidden = (): ReadonlySet<string> => this.#hidden;

  /** Hides a conversation, to be deleted later. */
  begin(id: string, onFailed: OnFailed): void {
    this.#waiting.set(id, onFailed);
    this.#show(new Set([...this.#hidden, id]));
  }

  /** Shows a conversation again that has not been deleted yet. */
  undo(id: string): void {
    if (this.#waiting.delete(id)) {
      this.#reveal(id);
    }
  }

  /** Deletes a conversation for good, if that has not been undone. */
  async finish(id: string): Promise<void> {
    const onFailed = this.#waiting.get(id);
    if (onFailed === undefined) {
      return;
    }
    this.#waiting.delete(id);
    try {
      await this.#remove(id);
    } catch (error) {
      this.#reveal(id);
      onFailed(error);
    }
  }

  /** Deletes all for good that wait for it. */
  async finishAll(): Promise<void> {
    await Promise.all([...this.#waiting.keys()].map((id) => this.finish(id)));
  }

  #reveal(id: string): void {
    this.#show(new Set([...this.#hidden].filter((each) => each !== id)));
  }

  #show(hidden: ReadonlySet<string>): void {
    this.#hidden = hidden;
    for (const listener of this.#listeners) {
      listener();
    }
  }
}
