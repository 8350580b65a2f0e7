import type { ConversationChange } from '../api/conversations';
import type { Failure } from '../api/failure';

/** Changes that the reader has made and the server has not confirmed. */
export interface Unconfirmed {
  /** What is shown in place of what the conversation has. */
  readonly change: ConversationChange;
  /** What the server did not take, and is therefore as it was. */
  readonly refused: RefusedChange | null;
}

export interface RefusedChange {
  readonly names: readonly string[];
  readonly failure: Failure;
}

const NOTHING: Unconfirmed = { change: {}, refused: null };
/** A slider that is dragged, or a text that is typed, is sent when it rests. */
const REST_MILLIS = 500;

/**
 * Shows changes of a conversation at once and sends those that come shortly after each other together, one request after the other.
 * What is refused is shown no longer, and why.
 */
export class PendingChanges {
  readonly #send: (change: ConversationChange) => Promise<Failure | null>;
  readonly #listeners = new Set<() => void>();
  #waiting: ConversationChange = {};
  #sent: ConversationChange | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #state: Unconfirmed = NOTHING;

  /**
   * @param send resolves after the change is made, with null, or with why it was not
   */
  constructor(send: (change: ConversationChange) => Promise<Failure | null>) {
    this.#send = send;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly get = (): Unconfirmed => this.#state;

  add(change: ConversationChange): void {
    this.#waiting = { ...this.#waiting, ...change };
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, REST_MILLIS);
    this.#show(null);
  }

  /** Sends what waits at once, or as soon as the request before is answered. */
  readonly flush = (): void => {
    clearTimeout(this.#timer);
    if (this.#sent !== null || Object.keys(this.#waiting).length === 0) {
      return;
    }
    const sent = this.#waiting;
    this.#sent = sent;
    this.#waiting = {};
    void this.#send(sent).then((failure) => {
      this.#sent = null;
      this.#show(failure === null ? null : { names: namedIn(failure, Object.keys(sent)), failure });
      this.flush();
    });
  };

  #show(refused: RefusedChange | null): void {
    this.#state = { change: { ...this.#sent, ...this.#waiting }, refused };
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

/** The fields that the server's words speak of; all that were sent if it names none. */
function namedIn(failure: Failure, names: readonly string[]): readonly string[] {
  const words = failure.kind === 'refused' ? (failure.message ?? '') : '';
  const named = names.filter((name) => words.includes(`'${name}'`));
  return named.length === 0 ? names : named;
}
