import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'wouter';

import { readShared } from '../api/conversations';
import { failureOf } from '../api/failure';
import { isPassing } from '../api/replies';
import type { SharedMessage } from '../api/types';
import { Loading } from '../app/Loading';
import { useTitle } from '../app/useTitle';
import { Wordmark } from '../app/Wordmark';
import { useMessages } from '../i18n/useMessages';
import { Unreached } from '../session/Unreached';
import { SharedText } from './SharedText';
import './shared.css';

const RETRY_MILLIS = 3000;

/** A shared conversation, for everybody who has its link. */
export default function SharedPage({ token }: { readonly token: string }) {
  const { app, list } = useMessages();
  const shared = useInfiniteQuery({
    queryKey: ['shared', token],
    queryFn: ({ pageParam }) => readShared(token, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    // It shows what was shared, which does not change.
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    refetchInterval: ({ state }) =>
      state.data === undefined && state.error !== null && isPassing(failureOf(state.error)) ? RETRY_MILLIS : false,
  });
  const { data, error } = shared;
  const first = data?.pages[0];
  const failure = error === null ? null : failureOf(error);
  const title = first === undefined ? null : (first.title ?? app.untitled);
  useTitle(title);

  if (first === undefined) {
    if (failure === null) {
      return <Loading />;
    }
    return failure.kind === 'not-found' ? <Ended /> : <Unreached failure={failure} />;
  }
  // Each page has what was said before the page before it.
  const messages = data?.pages.toReversed().flatMap((page) => page.messages) ?? [];
  return (
    <div className="shared">
      <header>
        <Link href="/" className="home" aria-label={app.name}>
          <Wordmark />
        </Link>
      </header>
      <main>
        <h1 dir="auto">{title}</h1>
        <p className="quiet">{list.sharedNote}</p>
        {shared.hasNextPage && (
          <button
            type="button"
            className="plain read-more"
            disabled={shared.isFetchingNextPage}
            onClick={() => void shared.fetchNextPage()}
          >
            {shared.isFetchingNextPage ? app.loading : shared.isFetchNextPageError ? app.retry : list.earlier}
          </button>
        )}
        <ol>
          {messages.map((message) => (
            <Said key={message.id} message={message} />
          ))}
        </ol>
      </main>
    </div>
  );
}

function Said({ message }: { readonly message: SharedMessage }) {
  const { list } = useMessages();
  const who = { user: list.you, assistant: list.model, tool: list.tool, system: list.tool }[message.role];
  return (
    <li className={`said said-by-${message.role}`}>
      <h2 className="visually-hidden">{who}</h2>
      <SharedText message={message} />
    </li>
  );
}

function Ended() {
  const { app, list } = useMessages();
  useTitle(list.sharedEnded);
  return (
    <main className="notice">
      <h1>{list.sharedEnded}</h1>
      <p>{list.sharedEndedHint}</p>
      <Link href="/" className="plain">
        {app.toNewConversation}
      </Link>
    </main>
  );
}
