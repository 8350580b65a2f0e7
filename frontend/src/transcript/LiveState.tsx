import type { LiveReply } from '../conversation/state';
import { useMessages } from '../i18n/useMessages';
import { useSecondsUntil } from './useSecondsUntil';

/** Says what becomes of a reply until its text comes, and why nothing comes. */
export function LiveState({ live, empty }: { readonly live: LiveReply; readonly empty: boolean }) {
  const { transcript } = useMessages();
  if (live.trouble !== null) {
    return <TroubleNote live={live} />;
  }
  switch (live.stage.kind) {
    case 'sending':
      return <p className="waiting">{transcript.sending}</p>;
    case 'queued':
      return (
        <p className="waiting">
          {live.stage.position === null ? transcript.waiting : transcript.queued(live.stage.position)}
        </p>
      );
    case 'prefill': {
      const { processed, total, cached } = live.stage;
      return (
        <div className="waiting">
          {transcript.reading(processed, total, cached)}
          <progress aria-label={transcript.readingShort} value={processed} max={Math.max(total, 1)} />
        </div>
      );
    }
    case 'streaming':
      return empty ? <p className="waiting">{transcript.writing}</p> : null;
    case 'stopping':
      return <p className="waiting">{transcript.stopping}</p>;
  }
}

function TroubleNote({ live }: { readonly live: LiveReply }) {
  const { app, transcript } = useMessages();
  const { failure = { kind: 'unreachable' as const }, retryAt = 0 } = live.trouble ?? {};
  const seconds = useSecondsUntil(retryAt);
  // What the server has refused for now is asked for again; what it has taken is read on.
  const refused = failure.kind === 'busy' || failure.kind === 'not-ready';
  return (
    <p className="note pending">
      {refused ? app.failure(failure) : transcript.readingOn(failure)}{' '}
      <span className="countdown">{seconds > 0 ? app.retryIn(seconds) : transcript.tryingAgain}</span>
    </p>
  );
}
