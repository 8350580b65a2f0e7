import { useState } from 'react';

import type { ConversationState, LiveReply } from '../conversation/state';
import type { Messages } from '../i18n/en';
import { useMessages } from '../i18n/useMessages';
import { replyEnd } from './replyEnd';

/** Nobody wants more than that read out unasked. */
const LONGEST = 500;

/** Tells screen readers what becomes of a reply, and the reply once it is whole: never piece by piece. */
export function Announcer({ state }: { readonly state: ConversationState }) {
  const { app, transcript } = useMessages();
  const live = state.live !== null;
  const [heard, setHeard] = useState({ id: state.id, live, reply: '' });
  if (heard.live !== live || heard.id !== state.id) {
    const sameConversation = heard.id === null || heard.id === state.id;
    setHeard({ id: state.id, live, reply: heard.live && !live && sameConversation ? whole() : '' });
  }
  return (
    <p className="visually-hidden" role="status">
      {state.live === null ? heard.reply : stage(state.live)}
    </p>
  );

  function whole(): string {
    const reply = state.messages.at(-1);
    if (reply?.role !== 'assistant') {
      return '';
    }
    const text = reply.content.length > LONGEST ? `${reply.content.slice(0, LONGEST)} …` : reply.content;
    return [transcript.replyIs(text), replyEnd(reply, transcript)].filter((part) => part !== null).join(' ');
  }

  function stage({ stage: { kind }, trouble }: LiveReply): string {
    if (trouble !== null) {
      return trouble.failure.kind === 'busy' || trouble.failure.kind === 'not-ready'
        ? app.failure(trouble.failure)
        : transcript.readingOn(trouble.failure);
    }
    return STAGES[kind](transcript);
  }
}

const STAGES: Readonly<Record<LiveReply['stage']['kind'], (texts: Messages['transcript']) => string>> = {
  sending: ({ sending }) => sending,
  queued: ({ waiting }) => waiting,
  prefill: ({ readingShort }) => readingShort,
  streaming: ({ writing }) => writing,
  stopping: ({ stopping }) => stopping,
};
