import type { Failure } from '../api/failure';
import { isPassing } from '../api/replies';
import { Wordmark } from '../app/Wordmark';
import { useMessages } from '../i18n/useMessages';
import './session.css';

/** What is shown as long as the page cannot begin, while it goes on trying. */
export function Unreached({ failure }: { readonly failure: Failure }) {
  const { app, session } = useMessages();
  const title =
    failure.kind === 'offline' ? session.offline : isPassing(failure) ? session.unreachable : session.failed;
  return (
    <main className="sign-in" role="status">
      <div>
        <Wordmark />
        <h1>{title}</h1>
        {!isPassing(failure) && <p>{app.failure(failure)}</p>}
        <p className="quiet">{session.trying}</p>
      </div>
    </main>
  );
}
