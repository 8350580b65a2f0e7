import type { Message, WindowReport } from '../api/types';
import type { ConversationState } from '../conversation/state';

/** Where in the conversation the model's window begins. */
export interface Cut {
  readonly window: WindowReport;
  /** The reply that was written with it. */
  readonly replyId: string;
  /** The first message below the cut; null if it is not among those that are shown. */
  readonly firstId: string | null;
}

/** The cut of the newest reply that has told its window; null if it had everything. */
export function cutOf({ messages, live }: Pick<ConversationState, 'messages' | 'live'>): Cut | null {
  const lastIndex = messages.length - 1;
  const index =
    live?.window === null || live === null
      ? messages.findLastIndex(({ reply }) => reply !== null && reply.window !== null)
      : lastIndex;
  const reply = messages[index];
  const window = index === lastIndex && live?.window ? live.window : reply?.reply?.window;
  if (reply === undefined || window === undefined || window === null || window.cut_messages <= 0) {
    return null;
  }
  return { window, replyId: reply.id, firstId: firstKept(messages, index, window) };
}

function firstKept(messages: readonly Message[], reply: number, window: WindowReport): string | null {
  if (window.policy === 'sink-shift') {
    // The oldest message that is kept is that of the first turn; what is left out comes after it.
    return countedBack(messages, reply, window.kept_messages - firstTurn(messages));
  }
  return window.first_kept_id ?? countedBack(messages, reply, window.kept_messages);
}

/** The message that is so many before a reply; the system message does not count. */
function countedBack(messages: readonly Message[], reply: number, count: number): string | null {
  const before = messages.slice(0, reply).filter(({ role }) => role !== 'system');
  return count > 0 ? (before.at(-count)?.id ?? null) : null;
}

/** How many messages the first turn has; a usual one if it is not among those that are shown. */
function firstTurn(messages: readonly Message[]): number {
  const said = messages.filter(({ role }) => role !== 'system');
  const second = said.findIndex(({ role }, index) => index > 0 && role === 'user');
  return said[0]?.parent_id === null && second > 0 ? second : 2;
}
