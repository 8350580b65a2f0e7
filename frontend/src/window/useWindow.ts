import { useQuery } from '@tanstack/react-query';

import { nextWindow, replyWindow } from '../api/conversations';
import { failureOf } from '../api/failure';
import { countTokens } from '../api/models';
import { isPassing } from '../api/replies';
import type { ConversationSettings, Message, Model, NextWindow, WindowReport } from '../api/types';
import type { ConversationState, LiveReply } from '../conversation/state';
import { emptyBudget, givenBudget, plannedBudget, type WindowBudget } from './budget';

const RETRY_MILLIS = 5000;

/** What the page knows of the context window. */
export interface WindowView {
  /** Null as long as nothing is known. */
  readonly budget: WindowBudget | null;
  /** The plan of the next reply; null for a new conversation and where the server tells none. */
  readonly next: NextWindow | null;
  /** What the last reply was given; null if there is none. */
  readonly last: WindowReport | null;
  /** The reply that was given it, once it has a name. */
  readonly lastReply: Message | null;
}

/** The context window of what is on the screen: asked for again after each reply and each change. */
export function useWindow(state: ConversationState, model: Model | undefined, settings: ConversationSettings): WindowView {
  const { id, conversation, live, messages } = state;
  // While a reply is written, what the next one gets is not known; the stored version changes when it ends.
  const { data: next, error } = useQuery({
    queryKey: ['window', id, conversation?.version, conversation?.leaf_id],
    queryFn: ({ signal }) => nextWindow(id ?? '', null, signal),
    enabled: id !== null && conversation !== null && live === null,
    retry: false,
    staleTime: Infinity,
    // A server that is away or busy is asked again; one without the route is not.
    refetchInterval: ({ state: { error: failed } }) =>
      failed !== null && isPassing(failureOf(failed)) ? RETRY_MILLIS : false,
    placeholderData: (kept: NextWindow | undefined, query) => (query?.queryKey[1] === id ? kept : undefined),
  });
  const system = settings.system ?? '';
  const { data: systemTokens } = useQuery({
    queryKey: ['tokens', model?.id, system],
    queryFn: ({ signal }) => countTokens(model?.id ?? '', system, signal),
    enabled: id === null && model?.state === 'ready' && system !== '',
    retry: false,
    staleTime: Infinity,
  });

  const lastReply = messages.findLast(({ reply }) => reply?.window != null) ?? null;
  const last = live?.window ?? lastReply?.reply?.window ?? null;
  const known = id === null || error !== null ? null : (next ?? null);
  const empty = model === undefined ? null : emptyBudget(model, settings, systemTokens ?? 0);
  return { budget: budgetOf(known, last, live, lastReply) ?? empty, next: known, last, lastReply };
}

function budgetOf(
  next: NextWindow | null,
  last: WindowReport | null,
  live: LiveReply | null,
  lastReply: Message | null,
): WindowBudget | null {
  if (next !== null && live?.window == null) {
    return plannedBudget(next);
  }
  const written = live === null ? (lastReply?.reply?.usage?.completion_tokens ?? 0) : 0;
  return last === null ? null : givenBudget(last, written);
}

/** The summary that stood in a reply's prompt; undefined until it is known, null if there is none. */
export function useRecap(replyId: string | null): string | null | undefined {
  return useQuery({
    queryKey: ['reply-window', replyId],
    queryFn: async ({ signal }) => (await replyWindow(replyId ?? '', signal)).recap,
    enabled: replyId !== null,
    retry: false,
    staleTime: Infinity,
  }).data;
}
