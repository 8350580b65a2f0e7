import type { ReactNode } from 'react';

import { useMessages } from '../i18n/useMessages';
import './welcome.css';

interface WelcomeProps {
  /** Null while no message can be sent. */
  readonly onPick: ((suggestion: string) => void) | null;
  /** What is to be said below it. */
  readonly children?: ReactNode;
}

/** What an empty conversation shows. */
export function Welcome({ onPick, children }: WelcomeProps) {
  const { transcript } = useMessages();
  return (
    <div className="welcome">
      <h2>{transcript.welcome}</h2>
      <p>{transcript.welcomeHint}</p>
      {onPick !== null && (
        <ul className="suggestions" aria-label={transcript.suggestionsLabel}>
          {transcript.suggestions.map((suggestion) => (
            <li key={suggestion}>
              <button
                type="button"
                onClick={() => {
                  onPick(suggestion);
                }}
              >
                {suggestion}
              </button>
            </li>
          ))}
        </ul>
      )}
      {children}
    </div>
  );
}
