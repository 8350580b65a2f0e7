import { messages } from '../messages';
import type { Turn } from './conversation';

/**
 * What a screen reader should say about the last turn. A reply is announced as a whole once it is over, since
 * announcing every token would make it impossible to follow.
 */
export function announcementOf(turn: Turn | undefined): string {
  if (turn === undefined) {
    return '';
  }
  const { text, status } = turn.reply;
  switch (status.kind) {
    case 'waiting':
    case 'streaming':
      return '';
    case 'postponed':
      return messages.postponed(status.seconds);
    case 'finished':
      return messages.replyIs(text);
    case 'stopped':
      return messages.stopped;
    case 'failed':
      return messages.failure(status.failure);
  }
}
