import { useEffect, useState, useSyncExternalStore } from 'react';

import type { ConversationSettings } from '../api/types';
import type { ConversationSession } from '../conversation/ConversationSession';
import type { ConversationState } from '../conversation/state';
import { replyDefaults } from '../preferences/replyDefaults';
import { PARAMETERS } from './parameters';
import { PendingChanges, type RefusedChange } from './PendingChanges';

/** The settings of what is on the screen, and how to change them. */
export interface SettingsControl {
  /** As shown: with changes that the server has yet to confirm. What is absent is left to the server. */
  readonly settings: ConversationSettings;
  readonly change: (change: ConversationSettings) => void;
  readonly refused: RefusedChange | null;
}

/**
 * The settings of the open conversation, sent to the server a moment after they are changed, or of a new one, kept until its first
 * message.
 *
 * @param id of the address; null for a new conversation
 */
export function useConversationSettings(
  session: ConversationSession,
  state: ConversationState,
  id: string | null,
): SettingsControl {
  const [fresh, setFresh] = useState<ConversationSettings>(replyDefaults.get);
  const [pending] = useState(() => new PendingChanges((change) => session.change(change)));
  const { change: unconfirmed, refused } = useSyncExternalStore(pending.subscribe, pending.get);

  // Before another conversation is opened, changes of this one must be on their way.
  useEffect(() => pending.flush, [pending, id]);

  // Each new conversation begins with the defaults as they are then.
  const [shownId, setShownId] = useState(id);
  if (shownId !== id) {
    setShownId(id);
    if (id === null) {
      setFresh(replyDefaults.get());
    }
  }

  if (state.id === null) {
    return {
      settings: fresh,
      change: (change) => {
        setFresh((settings) => merged(settings, change));
      },
      refused: null,
    };
  }
  return {
    settings: merged(settingsOf(state), unconfirmed),
    change: (change) => {
      pending.add(change);
    },
    refused,
  };
}

const NAMES: readonly (keyof ConversationSettings)[] = ['model', 'system', 'window', 'stop', ...PARAMETERS.map(({ name }) => name)];

/** What an open conversation is set to; nothing as long as it is not read. */
function settingsOf({ conversation }: ConversationState): ConversationSettings {
  return conversation === null ? {} : Object.fromEntries(NAMES.map((name) => [name, conversation[name]]));
}

/** The settings after a change, in which null takes something away. */
export function merged(settings: ConversationSettings, change: object): ConversationSettings {
  return Object.fromEntries(
    Object.entries({ ...settings, ...change } as Record<string, unknown>).filter(([, value]) => value != null),
  );
}
