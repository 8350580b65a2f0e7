import './welcome.css';

interface WelcomeProps {
  /** Null while no message can be sent. */
  readonly onPick: ((suggestion: string) => void) | null;
}

/** What an empty conversation shows. */
export function Welcome({ onPick }: WelcomeProps) {
  return onPick === null ? null : <div className="welcome" />;
}
