import { useQuery, type UseQueryResult } from '@tanstack/react-query';

import { failureOf } from '../api/failure';
import { getSession } from '../api/session';
import type { Session } from '../api/types';
import { useConnection } from '../app/useConnection';

/** The key of who is signed in. */
export const SESSION = ['session'] as const;

/** On a server that knows of no sign-in, everybody may do everything. */
const OPEN: Session = { key_required: false, signed_in: true, name: null, role: 'admin' };

const RETRY_MILLIS = 2000;

/** Who is signed in; undefined until it is known. */
export function useSession(): Session | undefined {
  return useSessionQuery().data;
}

/** Asks who is signed in. While the server is away it is asked again and again, which also tells when it is back. */
export function useSessionQuery(): UseQueryResult<Session> {
  const away = useConnection() !== 'up';
  return useQuery({
    queryKey: SESSION,
    queryFn: readSession,
    staleTime: Infinity,
    retry: false,
    networkMode: 'always',
    refetchInterval: ({ state }) => (away || (state.error !== null && state.data === undefined) ? RETRY_MILLIS : false),
    refetchIntervalInBackground: true,
  });
}

async function readSession(): Promise<Session> {
  try {
    return await getSession();
  } catch (error) {
    if (failureOf(error).kind === 'not-found') {
      return OPEN;
    }
    throw error;
  }
}
