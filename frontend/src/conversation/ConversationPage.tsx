import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';

import type { ConversationSettings } from '../api/types';
import { Composer } from '../composer/Composer';
import { useEscape } from '../composer/useEscape';
import { useMessages } from '../i18n/useMessages';
import { useModels } from '../settings/useModels';
import { ProblemNotice } from '../transcript/ProblemNotice';
import { Transcript } from '../transcript/Transcript';
import { Welcome } from '../transcript/Welcome';
import { useConversation } from './useConversation';
import './conversation.css';

/** One conversation with all that belongs to it; without an id, a new one that gets its address with its first message. */
export function ConversationPage({ id }: { readonly id: string | null }) {
  const { app } = useMessages();
  const { session, state } = useConversation(id);
  const { models } = useModels();
  const [settings] = useState<ConversationSettings>({});
  const [, navigate] = useLocation();

  useEffect(() => {
    // Only a conversation that was made here has an id before the address does.
    if (id === null && state.id !== null) {
      navigate(`/c/${state.id}`, { replace: true });
    }
  }, [id, state.id, navigate]);

  const title = state.conversation?.title ?? null;
  useEffect(() => {
    document.title = title === null ? app.name : `${title} · ${app.name}`;
  }, [title, app]);

  const field = useRef<HTMLTextAreaElement>(null);
  const stop = useCallback(() => {
    void session.stop();
    field.current?.focus();
  }, [session]);
  useEscape(state.live !== null, stop);

  const model = state.conversation?.model ?? settings.model ?? models?.[0]?.id;
  const send = (text: string): void => {
    session.send(text, model === undefined ? settings : { ...settings, model });
  };

  return (
    <div className="conversation-page">
      <h1 className="visually-hidden">{title ?? app.newConversation}</h1>
      {state.messages.length === 0 && state.id === null ? (
        <Welcome onPick={send}>
          <ProblemNotice session={session} problem={state.problem} />
        </Welcome>
      ) : (
        <Transcript session={session} state={state} />
      )}
      <Composer ref={field} session={session} state={state} model={model} onSend={send} onStop={stop} />
    </div>
  );
}
