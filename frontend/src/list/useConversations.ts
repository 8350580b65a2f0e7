import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';

import { listConversations } from '../api/conversations';
import { failureOf, type Failure } from '../api/failure';
import type { Conversation } from '../api/types';
import { useDeleted } from './deleting';
import { LISTS } from './queries';
import { readNews, withPage, type Rows } from './rows';

/** How often the list is looked at for what other tabs and devices do, and for titles that the server has made. */
const REFRESH_MILLIS = 10_000;

/** A list of conversations as far as it has been read. */
export interface Conversations {
  /** Undefined until the first page is there. */
  readonly rows: readonly Conversation[] | undefined;
  /** Why there is nothing to show. */
  readonly failure: Failure | null;
  /** When it was last known to be right. */
  readonly readAt: number;
  readonly retry: () => void;
  /** Reads on; null at the end of the list. */
  readonly readMore: (() => void) | null;
  readonly reading: boolean;
  /** Reading on came to nothing. */
  readonly stuck: boolean;
}

/** The reader's conversations, or the archived ones, kept up to date while the page is looked at. */
export function useConversations(archived: boolean): Conversations {
  const queries = useQueryClient();
  const key = useMemo(() => [...LISTS, archived], [archived]);
  const { data, error, dataUpdatedAt, refetch } = useQuery({
    queryKey: key,
    queryFn: ({ signal }) =>
      readNews(
        (after) => listConversations(after, archived, signal),
        () => queries.getQueryData<Rows>(key),
      ),
    networkMode: 'always',
    refetchInterval: REFRESH_MILLIS,
  });
  const more = useMutation({
    mutationFn: (after: string) => listConversations(after, archived),
    onSuccess: (page, after) => {
      queries.setQueryData<Rows>(key, (known) => (known?.next === after ? withPage(known, page) : known));
    },
  });

  const deleted = useDeleted();
  const rows = useMemo(() => data?.rows.filter(({ id }) => !deleted.has(id)), [data, deleted]);
  const next = data?.next ?? null;
  return {
    rows,
    failure: error !== null && data === undefined ? failureOf(error) : null,
    readAt: dataUpdatedAt,
    retry: () => void refetch(),
    readMore:
      next === null
        ? null
        : () => {
            if (!more.isPending) {
              more.mutate(next);
            }
          },
    reading: more.isPending,
    stuck: more.isError,
  };
}
