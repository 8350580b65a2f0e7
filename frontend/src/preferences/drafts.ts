import { numberOrNull, property, stringOrNull } from '../api/json';
import { keptKeys, onKeptElsewhere, readKept, removeKept, writeKept } from './Kept';

/** The draft of a conversation that has no name yet. */
export const NEW_DRAFT = 'new';

/** How many drafts the browser keeps; the oldest goes first. */
export const MAX_DRAFTS = 50;
/** How much of a draft outlives the page. */
export const MAX_KEPT_CHARACTERS = 100_000;

const PREFIX = 'corral.draft.';
const WRITE_MILLIS = 300;

/**
 * What was written and not sent, by conversation. Kept by the browser a moment after it is written, so that a long draft costs
 * nothing while it is typed.
 */
export class Drafts {
  readonly #texts = new Map<string, string>();
  readonly #listeners = new Set<() => void>();
  readonly #unwritten = new Map<string, ReturnType<typeof setTimeout>>();

  constructor() {
    window.addEventListener('pagehide', () => {
      this.flush();
    });
    onKeptElsewhere((key, text) => {
      this.#takeOver(key, text);
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  /** The draft of a conversation; empty where there is none. */
  get(slot: string): string {
    const known = this.#texts.get(slot);
    if (known !== undefined) {
      return known;
    }
    const text = parse(readKept(PREFIX + slot)).text;
    this.#texts.set(slot, text);
    return text;
  }

  set(slot: string, text: string): void {
    this.#texts.set(slot, text);
    clearTimeout(this.#unwritten.get(slot));
    this.#unwritten.set(
      slot,
      setTimeout(() => {
        this.#write(slot);
      }, WRITE_MILLIS),
    );
    this.#tell();
  }

  /** Gives a draft to another conversation, where it comes after what was written there. */
  move(from: string, to: string): void {
    const text = this.get(from);
    if (text !== '') {
      this.set(to, joined(this.get(to), text));
      this.set(from, '');
    }
  }

  /** Puts a text back that was sent in vain, before what was written since. */
  putBack(slot: string, text: string): void {
    this.set(slot, joined(text, this.get(slot)));
  }

  /** Has the browser keep all that it does not yet. */
  flush(): void {
    for (const slot of [...this.#unwritten.keys()]) {
      this.#write(slot);
    }
  }

  /** Forgets every draft. */
  clear(): void {
    this.#unwritten.forEach(clearTimeout);
    this.#unwritten.clear();
    this.#texts.clear();
    keptKeys(PREFIX).forEach(removeKept);
    this.#tell();
  }

  #write(slot: string): void {
    clearTimeout(this.#unwritten.get(slot));
    this.#unwritten.delete(slot);
    const text = this.get(slot);
    const key = PREFIX + slot;
    if (text === '') {
      removeKept(key);
      return;
    }
    prune(key);
    const kept = JSON.stringify({ text: text.slice(0, MAX_KEPT_CHARACTERS), at: Date.now() });
    // Where there is no room, older drafts make some.
    while (!writeKept(key, kept) && removeOldest(key)) {
      // Another try.
    }
  }

  /** Another tab has written. What this one has not kept yet is newer. */
  #takeOver(key: string | null, text: string | null): void {
    if (key === null) {
      this.#texts.clear();
      this.#tell();
    } else if (key.startsWith(PREFIX) && !this.#unwritten.has(key.slice(PREFIX.length))) {
      this.#texts.set(key.slice(PREFIX.length), parse(text).text);
      this.#tell();
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) {
      listener();
    }
  }
}

/** The drafts of this browser. */
export const drafts = new Drafts();

function joined(first: string, second: string): string {
  return first === '' || second === '' ? first + second : `${first}\n\n${second}`;
}

interface KeptDraft {
  readonly text: string;
  /** When it was written, in milliseconds since the epoch. */
  readonly at: number;
}

function parse(kept: string | null): KeptDraft {
  try {
    const json: unknown = JSON.parse(kept ?? 'null');
    return { text: stringOrNull(property(json, 'text')) ?? '', at: numberOrNull(property(json, 'at')) ?? 0 };
  } catch {
    return { text: '', at: 0 };
  }
}

function prune(written: string): void {
  while (keptKeys(PREFIX).filter((key) => key !== written).length >= MAX_DRAFTS && removeOldest(written)) {
    // Until there is room for one more.
  }
}

/** Whether there was one. */
function removeOldest(except: string): boolean {
  const [oldest] = keptKeys(PREFIX)
    .filter((key) => key !== except)
    .map((key) => ({ key, at: parse(readKept(key)).at }))
    .sort((one, other) => one.at - other.at);
  if (oldest === undefined) {
    return false;
  }
  removeKept(oldest.key);
  return true;
}
