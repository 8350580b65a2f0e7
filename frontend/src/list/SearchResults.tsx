import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { Link, useRoute } from 'wouter';

import { searchConversations } from '../api/conversations';
import { failureOf } from '../api/failure';
import type { SearchHit } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { useDeleted } from './deleting';
import { Marked } from './Marked';
import { moveFocus } from './moveFocus';
import { SEARCHES } from './queries';
import { ReadMore } from './ReadMore';

/** The conversations that have the words of a search. */
export function SearchResults({ query }: { readonly query: string }) {
  const { app, list } = useMessages();
  const view = useRef<HTMLDivElement>(null);
  const deleted = useDeleted();
  const found = useInfiniteQuery({
    queryKey: [...SEARCHES, query],
    queryFn: ({ pageParam, signal }) => searchConversations(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
    networkMode: 'always',
  });
  const hits = useMemo(
    () => found.data?.pages.flatMap((page) => page.hits).filter(({ conversation }) => !deleted.has(conversation.id)),
    [found.data, deleted],
  );
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (moveFocus(event.currentTarget, event.key)) {
      event.preventDefault();
    }
  };

  if (hits === undefined) {
    return (
      <p className="list-note" role="status">
        {found.error === null ? list.searching : app.failure(failureOf(found.error))}
      </p>
    );
  }
  const old = found.isPlaceholderData;
  return (
    <div ref={view} className={old ? 'list-rows outdated' : 'list-rows'} onKeyDown={onKeyDown}>
      <p className={hits.length === 0 ? 'list-note' : 'group-name'} role="status">
        {old ? list.searching : hits.length === 0 ? list.nothingFound(query) : list.found(hits.length, found.hasNextPage)}
      </p>
      <ul aria-label={list.search}>
        {hits.map((hit) => (
          <Hit key={hit.conversation.id} hit={hit} query={query} />
        ))}
      </ul>
      <ReadMore
        view={view}
        label={list.moreFound}
        readMore={found.hasNextPage && !old ? () => void found.fetchNextPage() : null}
        reading={found.isFetchingNextPage}
        stuck={found.isFetchNextPageError}
      />
    </div>
  );
}

function Hit({ hit, query }: { readonly hit: SearchHit; readonly query: string }) {
  const { app } = useMessages();
  const { conversation, message_id: message, excerpt } = hit;
  const [, parameters] = useRoute('/c/:id');
  const address = `/c/${conversation.id}`;
  const current = parameters?.id === conversation.id;
  return (
    <li className={current ? 'row hit current' : 'row hit'} data-conversation={conversation.id}>
      <Link
        href={message === null ? address : `${address}?m=${encodeURIComponent(message)}`}
        className="row-link"
        aria-current={current ? 'page' : undefined}
      >
        <span className="row-title" dir="auto">
          {conversation.title === null ? app.untitled : <Marked text={conversation.title} query={query} />}
        </span>
        {/* Where the title was found, there is nothing else to show. */}
        {message !== null && (
          <span className="hit-excerpt" dir="auto">
            <Marked text={excerpt} query={query} />
          </span>
        )}
      </Link>
    </li>
  );
}
