import { useQueryClient } from '@tanstack/react-query';
import { Fragment, useEffect, useState, type ReactNode } from 'react';

import { failureOf } from '../api/failure';
import { onSignedOut } from '../api/connection';
import type { Session } from '../api/types';
import { Loading } from '../app/Loading';
import { SignInPage } from './SignInPage';
import { Unreached } from './Unreached';
import { SESSION, useSessionQuery } from './useSession';

/**
 * Shows the page to those who may see it. Who is signed out while the page is open, because the key was revoked, signs in over it
 * and loses nothing.
 */
export function SignedIn({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const { data: session, error } = useSessionQuery();
  /** Whose page there is, if there is one already. */
  const [shown, setShown] = useState<{ readonly name: string | null } | null>(null);

  useEffect(
    () =>
      onSignedOut(() => {
        queries.setQueryData<Session>(SESSION, (known) => known && { ...known, key_required: true, signed_in: false });
      }),
    [queries],
  );

  if (session === undefined) {
    return error === null ? <Loading /> : <Unreached failure={failureOf(error)} />;
  }
  if (session.signed_in && shown?.name !== session.name) {
    setShown({ name: session.name });
  }

  const onSignedIn = (now: Session): void => {
    if (shown !== null && shown.name !== now.name) {
      queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
    }
    queries.setQueryData(SESSION, now);
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== SESSION[0] });
  };
  return (
    <>
      {shown !== null && (
        <div inert={!session.signed_in} aria-hidden={!session.signed_in}>
          {/* Another person gets another page. */}
          <Fragment key={shown.name}>{children}</Fragment>
        </div>
      )}
      {!session.signed_in && <SignInPage again={shown !== null} onSignedIn={onSignedIn} />}
    </>
  );
}
