import type { Message } from '../api/types';
import type { Messages } from '../i18n/en';

/** Why there is no more of a reply; null if it simply came to its end, or has yet to. */
export function replyEnd({ status, content, reply, tool_calls }: Message, texts: Messages['transcript']): string | null {
  switch (status) {
    case 'stopped':
      return texts.stopped;
    case 'interrupted':
      return texts.interrupted;
    case 'failed':
      return texts.failed(reply?.error?.message ?? null);
    case 'complete':
      if (reply?.finish_reason === 'length') {
        return texts.cutOff;
      }
      return content === '' && (tool_calls ?? []).length === 0 ? texts.emptyReply : null;
    case 'queued':
    case 'in_progress':
      return null;
  }
}
