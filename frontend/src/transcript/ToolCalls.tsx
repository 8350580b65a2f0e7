import type { ToolCall } from '../api/types';
import { useMessages } from '../i18n/useMessages';

/** What a reply has tools do. */
export function ToolCalls({ calls }: { readonly calls: readonly ToolCall[] }) {
  const { transcript } = useMessages();
  return calls.map((call) => (
    <details key={call.id} className="quiet">
      <summary>{transcript.toolCall(call.name)}</summary>
      <pre className="quiet-text" tabIndex={0} dir="ltr">
        {indented(call.arguments)}
      </pre>
    </details>
  ));
}

/** Models write JSON on one line; what is none stays as it is. */
function indented(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
