import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

import { failureOf } from '../api/failure';
import { getSession } from '../api/session';
import type { Session } from '../api/types';

/** The key of who is signed in. */
export const SESSION = ['session'] as const;

/** Who is signed in; undefined until it is known. */
export function useSession(): Session | undefined {
  return useQuery({ queryKey: SESSION, queryFn: getSession, staleTime: Infinity }).data;
}

/** Shows the page to those who may see it. */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const { data, error } = useQuery({ queryKey: SESSION, queryFn: getSession, staleTime: Infinity });
  // A server without sign-in has no such address.
  if (data?.signed_in === true || (error !== null && failureOf(error).kind === 'not-found')) {
    return children;
  }
  return null;
}
