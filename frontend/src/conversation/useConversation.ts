import { useEffect, useReducer, useRef, type Dispatch } from 'react';

import { failureOf } from '../api/failure';
import { streamReply, type ApiMessage } from '../api/reply';
import { EMPTY_CONVERSATION, type Conversation } from './conversation';
import { messagesFor } from './history';
import { reduce, type ConversationEvent } from './reducer';

/** A conversation and what the reader can do to it. */
export interface ConversationControls {
  readonly conversation: Conversation;
  /** Sends a message. */
  readonly ask: (model: string, question: string) => void;
  /** Throws the last reply away and has the model reply anew. */
  readonly askAgain: (model: string) => void;
  /** Ends the reply in progress, if there is one, and keeps its text. */
  readonly stop: () => void;
  /** Begins a new conversation. */
  readonly clear: () => void;
}

/** Keeps the conversation of this page, and at most one generation, which ends with the page. */
export function useConversation(): ConversationControls {
  const [conversation, dispatch] = useReducer(reduce, EMPTY_CONVERSATION);
  const generation = useRef<AbortController | null>(null);

  useEffect(() => () => generation.current?.abort(), []);

  const generate = (model: string, messages: readonly ApiMessage[]): void => {
    generation.current?.abort();
    generation.current = new AbortController();
    void follow(model, messages, generation.current.signal, dispatch);
  };

  return {
    conversation,
    ask: (model, question) => {
      dispatch({ type: 'asked', question });
      generate(model, messagesFor(conversation.turns, question));
    },
    askAgain: (model) => {
      const last = conversation.turns.at(-1);
      if (last !== undefined) {
        dispatch({ type: 'asked-again' });
        generate(model, messagesFor(conversation.turns.slice(0, -1), last.question));
      }
    },
    stop: () => {
      generation.current?.abort();
      dispatch({ type: 'stopped' });
    },
    clear: () => {
      generation.current?.abort();
      dispatch({ type: 'cleared' });
    },
  };
}

/** Dispatches what happens while a reply is generated, until it is over or aborted. */
async function follow(
  model: string,
  messages: readonly ApiMessage[],
  signal: AbortSignal,
  dispatch: Dispatch<ConversationEvent>,
): Promise<void> {
  try {
    for await (const event of streamReply(model, messages, signal)) {
      if (signal.aborted) {
        return;
      }
      dispatch(event);
    }
  } catch (error) {
    if (!signal.aborted) {
      dispatch({ type: 'failed', failure: failureOf(error) });
    }
  }
}
