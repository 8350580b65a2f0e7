import { ArrowDown } from 'lucide-react';
import { Fragment, useCallback, useEffect, useLayoutEffect } from 'react';

import type { ConversationSession } from '../conversation/ConversationSession';
import { LOCAL_REPLY, type ConversationState } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import { Announcer } from './Announcer';
import { cutOf } from './cut';
import { groupsOf, roomFor } from './groups';
import { LiveState } from './LiveState';
import { MessageView } from './MessageView';
import { ProblemNotice } from './ProblemNotice';
import { Unreadable } from './Unreadable';
import { useEarlier } from './useEarlier';
import { useKeepStill } from './useKeepStill';
import { useScrollToTarget, useTarget } from './useTarget';
import { useTail } from './useTail';
import { Welcome } from './Welcome';
import { WindowLine } from './WindowLine';
import './actions.css';
import './transcript.css';

interface TranscriptProps {
  readonly session: ConversationSession;
  readonly state: ConversationState;
}

/** The conversation so far, or why it cannot be shown. */
export function Transcript({ session, state }: TranscriptProps) {
  const { transcript } = useMessages();
  if (state.unreadable !== null) {
    return <Unreadable failure={state.unreadable} />;
  }
  if (state.messages.length === 0 && state.conversation === null) {
    return (
      <p className="opening" role="status">
        {transcript.opening}
      </p>
    );
  }
  return <Messages session={session} state={state} />;
}

/** The messages, scrolled to their end unless the reader has scrolled away. */
function Messages({ session, state }: TranscriptProps) {
  const { transcript } = useMessages();
  const { messages, live, earlier } = state;
  const { viewRef, contentRef, following, follow, letGo } = useTail();
  const target = useTarget();
  const keepStill = useKeepStill(session, viewRef, messages);
  const { edgeRef, loading, load } = useEarlier(session, viewRef, earlier, keepStill);
  useScrollToTarget(target, session, state, letGo);

  useLayoutEffect(() => {
    if (target === null) {
      follow();
    }
  }, [state.id, target, follow]);
  const asked = messages.at(-1)?.id === LOCAL_REPLY;
  useEffect(() => {
    if (asked) {
      follow();
    }
  }, [asked, follow]);

  const onBranch = useCallback(
    (from: string, to: string) => {
      letGo();
      void keepStill(from, to, () => session.switchTo(to));
    },
    [session, keepStill, letGo],
  );
  const onGone = useCallback(() => {
    viewRef.current?.focus({ preventScroll: true });
  }, [viewRef]);

  const last = messages.at(-1);
  const cut = cutOf(state);
  return (
    <div className="transcript-frame">
      <div ref={viewRef} className="transcript" role="region" aria-label={transcript.conversation} tabIndex={0}>
        <div ref={contentRef} className="column">
          {earlier !== null && (
            <div ref={edgeRef} className="earlier">
              <button type="button" className="plain" aria-disabled={loading} onClick={load}>
                {loading ? transcript.loadingEarlier : transcript.earlier}
              </button>
            </div>
          )}
          {messages.length === 0 && (
            <Welcome
              onPick={(text) => {
                session.send(text, {});
              }}
            />
          )}
          <div role="list">
            {groupsOf(messages).map((group) => (
              <div key={group.number} role="none" className="group" style={roomFor(group.messages, last)}>
                {group.messages.map((message) => (
                  <Fragment key={message.id}>
                    {cut !== null && cut.firstId === message.id && (
                      <div role="listitem">
                        <WindowLine window={cut.window} replyId={cut.replyId} />
                      </div>
                    )}
                    <MessageView
                      session={session}
                      message={message}
                      last={message === last}
                      replying={live !== null}
                      marked={message.id === target}
                      recalled={cut?.window.recalled_ids?.includes(message.id) === true}
                      onBranch={onBranch}
                      onGone={onGone}
                    />
                  </Fragment>
                ))}
              </div>
            ))}
          </div>
          {live !== null && <LiveState live={live} empty={last?.content === ''} />}
          <ProblemNotice session={session} problem={state.problem} />
        </div>
      </div>
      {!following && (
        <button
          type="button"
          className="round jump"
          aria-label={transcript.jumpToLatest}
          title={transcript.jumpToLatest}
          onClick={follow}
        >
          <ArrowDown aria-hidden="true" />
        </button>
      )}
      <Announcer state={state} />
    </div>
  );
}
