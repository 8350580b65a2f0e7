import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

import { failureOf, type Failure } from '../api/failure';
import { drainWorker, getWorkers } from '../api/workers';
import { withSample, type Sample } from './history';

const KEY = ['workers'] as const;
const POLL_MILLIS = 2000;

/** What is known of the server: its last minutes, and why there is nothing newer if there is not. */
export interface WorkersHistory {
  readonly samples: readonly Sample[];
  readonly failure: Failure | null;
}

/** Asks the server what it does every other second, as long as the page is looked at. */
export function useWorkers(): WorkersHistory {
  const queries = useQueryClient();
  const { data, error } = useQuery({
    queryKey: KEY,
    queryFn: async () => {
      const report = await getWorkers();
      return withSample(queries.getQueryData<readonly Sample[]>(KEY) ?? [], { at: Date.now(), report });
    },
    retry: false,
    networkMode: 'always',
    refetchInterval: POLL_MILLIS,
  });
  return { samples: data ?? [], failure: error === null ? null : failureOf(error) };
}

/** A worker's drain as somebody asks for it here. */
export interface Draining {
  readonly drain: (drain: boolean) => void;
  readonly pending: boolean;
  readonly failure: Failure | null;
}

/** Drains a worker and has it take requests again; the figures show it as soon as the server has answered. */
export function useDraining(name: string): Draining {
  const queries = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (drain: boolean) => drainWorker(name, drain),
    networkMode: 'always',
    onSettled: () => queries.invalidateQueries({ queryKey: KEY, exact: true }),
  });
  return { drain: mutate, pending: isPending, failure: error === null ? null : failureOf(error) };
}
