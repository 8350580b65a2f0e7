/** Text that the browser keeps under a name; null where there is none, or the browser forbids the page to look. */
export function readKept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Has the browser keep a text; false where it is forbidden or there is no room. */
export function writeKept(key: string, text: string): boolean {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

export function removeKept(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Where the page may not write, there is nothing to remove.
  }
}

/** Names of all that is kept whose names begin like this. */
export function keptKeys(prefix: string): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return [];
  }
}

/** Tells of changes that other tabs make: the name, null for all of them, and the new text. */
export function onKeptElsewhere(listener: (key: string | null, text: string | null) => void): () => void {
  const onStorage = (event: StorageEvent): void => {
    listener(event.key, event.newValue);
  };
  window.addEventListener('storage', onStorage);
  return () => {
    window.removeEventListener('storage', onStorage);
  };
}

/**
 * A value that this browser keeps from visit to visit, as JSON. Where storage is forbidden it holds for this visit. Other tabs'
 * changes arrive here, too.
 */
export class Kept<T> {
  readonly #key: string;
  readonly #parse: (kept: unknown) => T;
  readonly #listeners = new Set<() => void>();
  #value: T;

  /**
   * @param parse makes the best of whatever an older page, another one or nobody has written (then it gets undefined)
   */
  constructor(key: string, parse: (kept: unknown) => T) {
    this.#key = key;
    this.#parse = parse;
    this.#value = this.#read(readKept(key));
    onKeptElsewhere((changed, text) => {
      if (changed === key || changed === null) {
        this.#show(this.#read(text));
      }
    });
  }

  readonly get = (): T => this.#value;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  set(value: T): void {
    writeKept(this.#key, JSON.stringify(value));
    this.#show(value);
  }

  /** Forgets what was kept; the value is what a first visit has. */
  clear(): void {
    removeKept(this.#key);
    this.#show(this.#parse(undefined));
  }

  #show(value: T): void {
    this.#value = value;
    for (const listener of this.#listeners) {
      listener();
    }
  }

  #read(text: string | null): T {
    if (text !== null) {
      try {
        return this.#parse(JSON.parse(text));
      } catch {
        // No JSON: somebody else's.
      }
    }
    return this.#parse(undefined);
  }
}
