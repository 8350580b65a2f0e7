import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import { failureOf, type Failure } from '../api/failure';
import { listModels } from '../api/models';
import type { Model } from '../api/types';

/** What the page knows about the server's models. */
export interface Models {
  /** Undefined until they are known. */
  readonly models: readonly Model[] | undefined;
  /** Why they are not known, or no longer; the page goes on asking. */
  readonly failure: Failure | null;
}

const LOADING_MILLIS = 2000;
const SETTLED_MILLIS = 30_000;

/**
 * The models, asked for often while one of them is loading or the server is away, at once when the browser loses or finds its
 * network, and now and then otherwise.
 */
export function useModels(): Models {
  const { data, error, refetch } = useQuery({
    queryKey: ['models'],
    queryFn: listModels,
    retry: false,
    networkMode: 'always',
    refetchInterval: ({ state }) =>
      state.status === 'success' && state.data?.every((model) => model.state !== 'loading') === true
        ? SETTLED_MILLIS
        : LOADING_MILLIS,
  });
  useEffect(() => {
    // A browser without a network may still reach a server on its own machine: only asking tells.
    const ask = (): void => void refetch();
    window.addEventListener('offline', ask);
    window.addEventListener('online', ask);
    return () => {
      window.removeEventListener('offline', ask);
      window.removeEventListener('online', ask);
    };
  }, [refetch]);
  return { models: data, failure: error === null ? null : failureOf(error) };
}
