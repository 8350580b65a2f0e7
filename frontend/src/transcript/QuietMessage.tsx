import type { Message } from '../api/types';
import { useMessages } from '../i18n/useMessages';

/** A message that is neither the reader's nor the model's: what the system says, and what tools have found. */
export function QuietMessage({ message }: { readonly message: Message }) {
  const { transcript } = useMessages();
  return (
    <details className="quiet">
      <summary>{message.role === 'system' ? transcript.systemMessage : transcript.toolResult}</summary>
      <div className="quiet-text" dir="auto">
        {message.content}
      </div>
    </details>
  );
}
