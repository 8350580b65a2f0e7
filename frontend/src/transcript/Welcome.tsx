import { messages } from '../messages';
import './welcome.css';

interface WelcomeProps {
  /** Null while no message can be sent. */
  readonly onPick: ((suggestion: string) => void) | null;
}

/** What an empty conversation shows. */
export function Welcome({ onPick }: WelcomeProps) {
  return (
    <div className="welcome">
      <h2>{messages.welcome}</h2>
      <p>{messages.welcomeHint}</p>
      {onPick !== null && (
        <ul className="suggestions" aria-label={messages.suggestionsLabel}>
          {messages.suggestions.map((suggestion) => (
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
    </div>
  );
}
