import { useCallback, useRef, useState } from 'react';

import { Composer } from './composer/Composer';
import { useEscape } from './composer/useEscape';
import { announcementOf } from './conversation/announcement';
import { isReplying } from './conversation/conversation';
import { useConversation } from './conversation/useConversation';
import { messages } from './messages';
import { ModelPicker } from './models/ModelPicker';
import { useModels, type Models } from './models/useModels';
import { Transcript } from './transcript/Transcript';
import { Welcome } from './transcript/Welcome';
import { Wordmark } from './Wordmark';

/** The whole page: a header, the conversation, and where to write. */
export function App() {
  const models = useModels();
  const [choice, setChoice] = useState<string | null>(null);
  const model = choice ?? (models.kind === 'ready' ? (models.names[0] ?? null) : null);

  const { conversation, ask, askAgain, stop, clear } = useConversation();
  const { turns } = conversation;
  const replying = isReplying(conversation);

  // The button that was pressed goes away, so the focus needs a new place.
  const composer = useRef<HTMLTextAreaElement>(null);
  const write = useCallback(() => composer.current?.focus(), []);
  const stopAndWrite = (): void => {
    stop();
    write();
  };
  const clearAndWrite = (): void => {
    clear();
    write();
  };
  useEscape(replying, stop);

  const send = (question: string): void => {
    if (model !== null) {
      ask(model, question);
      write();
    }
  };
  const tryAgain = (): void => {
    if (model !== null) {
      askAgain(model);
      write();
    }
  };

  return (
    <div className="page">
      <header className="header">
        <Wordmark />
        {models.kind === 'ready' && model !== null && (
          <ModelPicker names={models.names} chosen={model} onChoose={setChoice} />
        )}
        {turns.length > 0 && (
          <button type="button" className="plain" onClick={clearAndWrite}>
            {messages.newConversation}
          </button>
        )}
      </header>
      <main className="main">
        {turns.length === 0 ? (
          <Welcome onPick={model === null ? null : send} />
        ) : (
          <Transcript
            turns={turns}
            onTryAgain={model === null ? null : tryAgain}
            onNewConversation={clearAndWrite}
          />
        )}
        <Composer ref={composer} replying={replying} obstacle={obstacleOf(models)} onSend={send} onStop={stopAndWrite} />
      </main>
      <p className="visually-hidden" role="status">
        {announcementOf(turns.at(-1))}
      </p>
    </div>
  );
}

/** Why no message can be sent, or null when one can. */
function obstacleOf(models: Models): string | null {
  switch (models.kind) {
    case 'connecting':
      return messages.connecting;
    case 'failed':
      return messages.reconnecting(models.failure);
    case 'ready':
      return null;
  }
}
