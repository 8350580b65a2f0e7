import { useEffect, useLayoutEffect, useRef, useState, useSyncExternalStore } from 'react';

import { isStored, type ConversationState } from '../conversation/state';
import { drafts, NEW_DRAFT } from '../preferences/drafts';

/** What is written in the open conversation and not sent. */
export interface Draft {
  readonly text: string;
  readonly write: (text: string) => void;
  /** Empties it; the text comes back if the server does not take it. */
  readonly take: () => string;
}

/** The draft of what is on the screen. It follows a new conversation when that gets its name. */
export function useDraft(state: ConversationState): Draft {
  const target = state.id ?? NEW_DRAFT;
  const [slot, setSlot] = useState(target);
  // Other conversations that are opened have no reply on its way yet.
  const named = slot === NEW_DRAFT && target !== NEW_DRAFT && state.live !== null;
  if (slot !== target && !named) {
    setSlot(target);
  }
  useLayoutEffect(() => {
    if (named) {
      drafts.move(NEW_DRAFT, target);
      // eslint-disable-next-line react-hooks/set-state-in-effect -- at the same moment, so that the field keeps its text and caret
      setSlot(target);
    }
  }, [named, target]);
  const text = useSyncExternalStore(drafts.subscribe, () => drafts.get(slot));

  // What was sent, until the server has it: whoever leaves before that finds it as a draft again.
  const sent = useRef<{ readonly slot: string; readonly text: string }>(null);
  useEffect(() => {
    const message = sent.current;
    if (message === null) {
      return;
    }
    const here = message.slot === target || (message.slot === NEW_DRAFT && state.live !== null);
    if (!here) {
      drafts.putBack(message.slot, message.text);
    }
    if (!here || state.live === null || state.messages.every(isStored)) {
      sent.current = null;
    } else if (message.slot !== target) {
      sent.current = { ...message, slot: target };
    }
  }, [state, target]);
  useEffect(
    () => () => {
      if (sent.current !== null) {
        drafts.putBack(sent.current.slot, sent.current.text);
        sent.current = null;
      }
    },
    [],
  );

  const { problem } = state;
  const seen = useRef(problem);
  useEffect(() => {
    if (problem !== seen.current && problem !== null && problem.unsent !== null) {
      drafts.putBack(slot, problem.unsent);
    }
    seen.current = problem;
  }, [problem, slot]);

  return {
    text,
    write: (written) => {
      drafts.set(slot, written);
    },
    take: () => {
      sent.current = { slot, text };
      drafts.set(slot, '');
      return text;
    },
  };
}
