import { Link } from 'wouter';

import { useMessages } from '../i18n/useMessages';
import { useTitle } from './useTitle';

/** What is shown at addresses that have nothing. */
export function NotFoundPage() {
  const { app } = useMessages();
  useTitle(app.nothingHere);
  return (
    <div className="notice">
      <h1 tabIndex={-1}>{app.nothingHere}</h1>
      <p>{app.notFound}</p>
      <Link href="/" className="plain">
        {app.toNewConversation}
      </Link>
    </div>
  );
}
