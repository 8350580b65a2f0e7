import { useMessages } from '../i18n/useMessages';

/** The name of the platform beside its mark: a ring of fence with an open gate. */
export function Wordmark() {
  const { app } = useMessages();
  return (
    <span className="wordmark">
      <svg viewBox="0 0 32 32" aria-hidden="true">
        <path d="M24.5 9a11 11 0 1 0 0 14" />
        <circle cx="16" cy="16" r="3.2" />
      </svg>
      {app.name}
    </span>
  );
}
