import { Link } from 'wouter';

import { isPassing } from '../api/replies';
import type { Failure } from '../api/failure';
import { useMessages } from '../i18n/useMessages';

/** What stands in place of a conversation that could not be read. */
export function Unreadable({ failure }: { readonly failure: Failure }) {
  const { app, transcript } = useMessages();
  return (
    <div className="unreadable" role="alert">
      <p dir="auto">{failure.kind === 'not-found' ? app.notFound : app.failure(failure)}</p>
      {/* useConversation goes on looking. */}
      {isPassing(failure) && <p className="waiting">{transcript.tryingAgain}</p>}
      <p>
        <Link href="/" className="plain">
          {app.toNewConversation}
        </Link>
      </p>
    </div>
  );
}
