import { useState } from 'react';

import type { ConversationChange } from '../api/conversations';
import type { ConversationSession } from '../conversation/ConversationSession';
import type { ConversationState } from '../conversation/state';
import { useConversation } from '../conversation/useConversation';
import { asChange, SERVER_DEFAULTS, settingsOf, type SideSettings } from './pair';

/** One of two conversations with its settings. */
export interface Side {
  readonly session: ConversationSession;
  readonly state: ConversationState;
  readonly settings: SideSettings;
  readonly change: (change: Partial<SideSettings>) => void;
  /** Says something; the first message makes the conversation as the argument has it. */
  readonly send: (text: string, made: ConversationChange) => void;
}

/** Opens a side. Until something is said its settings are those chosen here, then those of the stored conversation. */
export function useSide(id: string | null, model: string | undefined): Side {
  const { session, state } = useConversation(id);
  const [chosen, setChosen] = useState(SERVER_DEFAULTS);
  const settings =
    state.conversation === null ? { ...chosen, model: chosen.model ?? model } : settingsOf(state.conversation);
  return {
    session,
    state,
    settings,
    change: (change) => {
      setChosen((before) => ({ ...before, ...change }));
      void session.change(asChange(change));
    },
    send: (text, made) => {
      session.send(text, made);
    },
  };
}
