import type { ConversationChange } from '../api/conversations';
import type { Conversation, ConversationSettings, WindowPolicy } from '../api/types';

/** The two conversations by their ids; null for one in which nothing was said. */
export interface Pair {
  readonly a: string | null;
  readonly b: string | null;
}

/** What can be set for a side. */
export interface SideSettings {
  /** Undefined as long as the models are not known. */
  readonly model: string | undefined;
  readonly temperature: number | null;
  /** Null is the model's own. */
  readonly system: string | null;
  /** Null is the server's. */
  readonly window: WindowPolicy | null;
}

export const SERVER_DEFAULTS: SideSettings = { model: undefined, temperature: null, system: null, window: null };

/** Reads the pair from the query of the page's address; one conversation cannot be on both sides. */
export function pairOf(query: URLSearchParams): Pair {
  const a = query.get('a');
  const b = query.get('b');
  return { a, b: b === a ? null : b };
}

/** The address of the pair. */
export function addressOf({ a, b }: Pair): string {
  const query = new URLSearchParams();
  if (a !== null) {
    query.set('a', a);
  }
  if (b !== null) {
    query.set('b', b);
  }
  const text = query.toString();
  return text === '' ? '/compare' : `/compare?${text}`;
}

/** What a stored conversation is set to. */
export function settingsOf({ model, temperature, system, window }: Conversation): SideSettings {
  return { model, temperature: temperature ?? null, system, window: window ?? null };
}

/** The settings as requests have them: without those that are left to the server. */
function requested({ model, temperature, system, window }: SideSettings): ConversationSettings {
  return {
    ...(model === undefined ? {} : { model }),
    ...(temperature === null ? {} : { temperature }),
    ...(system === null ? {} : { system }),
    ...(window === null ? {} : { window }),
  };
}

/** A change of a stored conversation. There, an empty system message is one that is left out. */
export function asChange({ model, system, ...parameters }: Partial<SideSettings>): ConversationChange {
  return {
    ...parameters,
    ...(model === undefined ? {} : { model }),
    ...(system === undefined ? {} : { system: system ?? '' }),
  };
}

/** What a side is made with: both carry the pair's id, so that they can be told from other conversations. */
export function madeWith(settings: SideSettings, pairId: string, title: string): ConversationChange {
  return { ...requested(settings), title, metadata: { compare: pairId } };
}

const TITLE_CHARACTERS = 60;

/** The beginning of a text that is short enough for a title. */
export function beginning(text: string): string {
  const line = text.trim().replaceAll(/\s+/g, ' ');
  const characters = Array.from(line);
  return characters.length <= TITLE_CHARACTERS ? line : `${characters.slice(0, TITLE_CHARACTERS - 1).join('')}…`;
}

/** The temperature that was typed; null for the server's, undefined for what is none. */
export function temperatureOf(text: string): number | null | undefined {
  if (text.trim() === '') {
    return null;
  }
  const value = Number(text.replace(',', '.'));
  return value >= 0 && value <= 2 ? value : undefined;
}
