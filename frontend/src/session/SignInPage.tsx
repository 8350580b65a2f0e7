import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';

import { failureOf, type Failure } from '../api/failure';
import { signIn } from '../api/session';
import type { Session } from '../api/types';
import { Wordmark } from '../app/Wordmark';
import { useMessages } from '../i18n/useMessages';
import './session.css';

interface SignInPageProps {
  /** Whether the reader was signed in until now. */
  readonly again: boolean;
  readonly onSignedIn: (session: Session) => void;
}

/** Asks for an API key. */
export function SignInPage({ again, onSignedIn }: SignInPageProps) {
  const { app, session: messages } = useMessages();
  const ids = useId();
  const field = useRef<HTMLInputElement>(null);
  const [key, setKey] = useState('');
  const [blank, setBlank] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: signIn,
    onSuccess: onSignedIn,
    onError: () => field.current?.select(),
  });
  const failure = error === null ? null : failureOf(error);
  const seconds = useCountdown(failure);

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = key.trim();
    setBlank(given === '');
    if (given !== '' && !isPending && seconds === 0) {
      mutate(given);
    }
  };
  const problem = blank ? messages.noKey : failure === null || isPending ? null : problemOf(failure);
  function problemOf(of: Failure): string {
    if (of.kind === 'signed-out' || of.kind === 'forbidden') {
      return messages.wrongKey;
    }
    if (of.kind === 'busy') {
      return seconds === 0 ? messages.tooMany : `${messages.tooMany} ${app.retryIn(seconds)}`;
    }
    return app.failure(of);
  }

  return (
    <main className="sign-in">
      <form onSubmit={onSubmit}>
        <Wordmark />
        <h1>{messages.signIn}</h1>
        <p>{again ? messages.signedOut : messages.why}</p>
        <label htmlFor={`${ids}-key`}>{messages.key}</label>
        <input
          ref={field}
          id={`${ids}-key`}
          type="password"
          autoComplete="current-password"
          autoFocus
          spellCheck={false}
          value={key}
          aria-invalid={problem !== null}
          aria-describedby={`${ids}-problem`}
          onChange={(event) => {
            setKey(event.target.value);
          }}
        />
        <p id={`${ids}-problem`} className="problem" role="alert">
          {problem}
        </p>
        <button type="submit" className="main-action" aria-disabled={isPending || seconds > 0}>
          {messages.signIn}
        </button>
        <p className="quiet">{messages.whereFrom}</p>
      </form>
    </main>
  );
}

/** The seconds until another try makes sense. */
function useCountdown(failure: Failure | null): number {
  const [waited, setWaited] = useState<{ readonly after: Failure; readonly seconds: number } | null>(null);
  const all = failure?.kind === 'busy' ? Math.ceil(failure.retryAfterSeconds) : 0;
  useEffect(() => {
    if (failure === null || all === 0) {
      return;
    }
    let seconds = 0;
    const timer = setInterval(() => {
      seconds++;
      setWaited({ after: failure, seconds });
      if (seconds >= all) {
        clearInterval(timer);
      }
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, [failure, all]);
  return waited?.after === failure ? Math.max(0, all - waited.seconds) : all;
}
