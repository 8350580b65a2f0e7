import type { SharedMessage } from '../api/types';
import { Markdown } from '../markdown/Markdown';
import { PlainOnError } from '../transcript/PlainOnError';

/** What was said in a message of a shared conversation. */
export function SharedText({ message: { role, content } }: { readonly message: SharedMessage }) {
  if (role !== 'assistant') {
    return (
      <div className="said-text said-plain" dir="auto">
        {content}
      </div>
    );
  }
  return (
    <div className="said-text" dir="auto">
      <PlainOnError text={content}>
        <Markdown text={content} complete />
      </PlainOnError>
    </div>
  );
}
