import type { ConversationSettings, Model, NextWindow, ReplyWindow, WindowReport } from '../api/types';

/** How the tokens of a context window are used. */
export interface WindowBudget {
  /** Size of the window. */
  readonly total: number;
  readonly system: number;
  readonly recap: number;
  readonly messages: number;
  /** Kept free for the reply. */
  readonly reserved: number;
}

/** What the next reply would be given, as the server plans it. */
export function plannedBudget(next: NextWindow): WindowBudget {
  return {
    total: next.context_tokens,
    system: next.system_tokens,
    recap: next.recap_tokens,
    messages: Math.max(0, next.prompt_tokens - next.system_tokens - next.recap_tokens),
    reserved: next.reserved_tokens,
  };
}

/**
 * The budget of a reply that was given: its own text is in the window by now, too. The system message counts among the messages where
 * the server does not tell its size.
 */
export function givenBudget(window: WindowReport | ReplyWindow, completionTokens: number): WindowBudget {
  const system = 'system_tokens' in window ? (window.system_tokens ?? 0) : 0;
  return {
    total: window.context_tokens,
    system,
    recap: window.recap_tokens,
    messages: Math.max(0, window.prompt_tokens - system - window.recap_tokens) + completionTokens,
    reserved: window.reserved_tokens,
  };
}

/** The budget of a conversation in which nobody has said anything: of the reply's room, only what is asked for is known. */
export function emptyBudget(model: Model, settings: ConversationSettings, systemTokens: number): WindowBudget {
  const total = model.context_length;
  return {
    total,
    system: systemTokens,
    recap: 0,
    messages: 0,
    // The server gives a reply no more than half of the window for certain.
    reserved: Math.min(settings.max_tokens ?? 0, Math.floor(total / 2)),
  };
}

/** Tokens of the prompt, with a draft. */
export function usedTokens(budget: WindowBudget, draft: number): number {
  return budget.system + budget.recap + budget.messages + draft;
}

/** Tokens that nobody has claimed; negative if the draft has no room beside the rest. */
export function freeTokens(budget: WindowBudget, draft: number): number {
  return budget.total - budget.reserved - usedTokens(budget, draft);
}

/** How full the window is, from 0 to 1. */
export function fullness(budget: WindowBudget, draft: number): number {
  return budget.total <= 0 ? 0 : Math.min(1, usedTokens(budget, draft) / budget.total);
}

/** From here on the meter is coloured. */
export const NEARLY_FULL = 0.9;

/** The server's default for the least room of a reply. */
const LEAST_REPLY_TOKENS = 16;

/** Whether a draft has room. */
export type Fit =
  | 'fits'
  /** Beside all that was said it does not; the policy will leave something out. */
  | 'cuts'
  /** The same, and the policy refuses to leave anything out. */
  | 'refused'
  /** It does not even alone. */
  | 'too-long';

export function fitOf(budget: WindowBudget, draft: number, strict: boolean): Fit {
  if (budget.system + draft + LEAST_REPLY_TOKENS > budget.total) {
    return 'too-long';
  }
  if (strict && usedTokens(budget, draft) + LEAST_REPLY_TOKENS > budget.total) {
    return 'refused';
  }
  return freeTokens(budget, draft) < 0 ? 'cuts' : 'fits';
}

/** A part of the window as it is drawn. */
export interface Share {
  readonly name: 'system' | 'recap' | 'messages' | 'draft' | 'reserved' | 'free';
  readonly tokens: number;
  /** Of the drawn whole, from 0 to 1; all of them make 1. */
  readonly part: number;
}

/** All parts in the order in which they stand in the window. Where they overlap, the whole is larger than the window. */
export function shares(budget: WindowBudget, draft: number): readonly Share[] {
  const free = Math.max(0, freeTokens(budget, draft));
  const tokens: readonly (readonly [Share['name'], number])[] = [
    ['system', budget.system],
    ['recap', budget.recap],
    ['messages', budget.messages],
    ['draft', draft],
    ['reserved', budget.reserved],
    ['free', free],
  ];
  const whole = Math.max(1, tokens.reduce((sum, [, each]) => sum + each, 0));
  return tokens.map(([name, each]) => ({ name, tokens: each, part: each / whole }));
}
