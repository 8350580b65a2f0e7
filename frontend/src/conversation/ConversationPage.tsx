import { useCallback, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';

import type { ConversationChange } from '../api/conversations';
import { useToast } from '../app/Toasts';
import { Composer } from '../composer/Composer';
import { sendBlock } from '../composer/sendBlock';
import type { DraftTokens } from '../composer/useDraftTokens';
import { useEscape } from '../composer/useEscape';
import { useMessages } from '../i18n/useMessages';
import { SettingsPanel } from '../settings/SettingsPanel';
import { useConversationSettings } from '../settings/useConversationSettings';
import { useModels } from '../settings/useModels';
import { ProblemNotice } from '../transcript/ProblemNotice';
import { Transcript } from '../transcript/Transcript';
import { Welcome } from '../transcript/Welcome';
import { useWindow } from '../window/useWindow';
import { WindowPanel } from '../window/WindowPanel';
import { ConversationHeader, type Panel } from './ConversationHeader';
import { SidePanel } from './SidePanel';
import { useConversation } from './useConversation';
import './conversation.css';

/** Where a keyboard is at hand and does not cover the page. */
const AUTO_FOCUS = '(pointer: fine) and (min-width: 52rem)';

/** One conversation with all that belongs to it; without an id, a new one that gets its address with its first message. */
export function ConversationPage({ id }: { readonly id: string | null }) {
  const { app, settings: settingsMessages, window: windowMessages } = useMessages();
  const { session, state } = useConversation(id);
  const toast = useToast();
  const models = useModels();
  const control = useConversationSettings(session, state, id);
  const [panel, setPanel] = useState<Panel | null>(null);
  const [draft, setDraft] = useState<DraftTokens | null>(null);
  const [, navigate] = useLocation();

  useEffect(() => {
    // Only a conversation that was made here has an id before the address does. The one that is left has been closed by now.
    const made = session.getState().id;
    if (id === null && made !== null) {
      navigate(`/c/${made}`, { replace: true });
    }
  }, [id, state.id, session, navigate]);

  const title = state.conversation?.title ?? null;
  useEffect(() => {
    document.title = title === null ? app.name : `${title} · ${app.name}`;
  }, [title, app]);

  const field = useRef<HTMLTextAreaElement>(null);
  const [firstId] = useState(id);
  useEffect(() => {
    // A conversation that is opened in the list leaves the focus there.
    if ((id === null || id === firstId) && matchMedia(AUTO_FOCUS).matches) {
      field.current?.focus();
    }
  }, [id, firstId]);
  const stop = useCallback(() => {
    void session.stop();
    field.current?.focus();
  }, [session]);
  useEscape(state.live !== null, stop);

  // A default model that is served no longer does not hold up new conversations.
  const { settings } = control;
  const wanted = models.models?.some(({ id: name }) => name === settings.model) === false ? undefined : settings.model;
  const modelName = state.conversation?.model ?? wanted ?? models.models?.[0]?.id;
  const model = models.models?.find(({ id: name }) => name === modelName);
  const block = sendBlock(models, modelName, state);
  const view = useWindow(state, model, settings);

  const send = (text: string): void => {
    session.send(text, modelName === undefined ? settings : { ...settings, model: modelName });
  };
  const change = (changed: ConversationChange): void => {
    void session.change(changed).then((failure) => {
      if (failure !== null) {
        toast({ text: app.failure(failure) });
      }
    });
  };
  const close = (): void => {
    setPanel(null);
  };
  const { budget } = view;
  const fresh = state.id === null;

  return (
    <div className={panel === null ? 'conversation-page' : 'conversation-page with-panel'}>
      <ConversationHeader
        title={title}
        onRename={
          state.conversation === null
            ? null
            : (renamed) => {
                change({ title: renamed });
              }
        }
        models={models.models}
        model={modelName}
        onModel={(chosen) => {
          if (fresh) {
            control.change({ model: chosen });
          } else {
            change({ model: chosen });
          }
        }}
        budget={budget}
        draft={draft?.tokens ?? 0}
        panel={panel}
        onPanel={setPanel}
      />
      {state.messages.length === 0 && fresh ? (
        <Welcome onPick={block === null ? send : null}>
          <ProblemNotice session={session} problem={state.problem} />
        </Welcome>
      ) : (
        <Transcript session={session} state={state} />
      )}
      <Composer
        ref={field}
        state={state}
        model={model?.state === 'ready' ? modelName : undefined}
        block={block}
        budget={budget}
        strict={(view.next?.policy ?? settings.window) === 'strict'}
        counting={panel === 'window'}
        onCount={setDraft}
        onSend={send}
        onStop={stop}
      />
      {panel === 'settings' && (
        <SidePanel key="settings" title={settingsMessages.panel} onClose={close}>
          <SettingsPanel key={state.id} control={control} contextTokens={model?.context_length} fresh={fresh} />
        </SidePanel>
      )}
      {panel === 'window' && budget !== null && (
        <SidePanel key="window" title={windowMessages.title} onClose={close}>
          <WindowPanel view={{ ...view, budget }} draft={draft?.tokens ?? 0} control={control} />
        </SidePanel>
      )}
    </div>
  );
}
