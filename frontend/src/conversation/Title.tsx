import { useState, type KeyboardEvent } from 'react';

import { useMessages } from '../i18n/useMessages';

/** The server's limit. */
const MAX_TITLE = 200;

interface TitleProps {
  /** Null as long as there is none. */
  readonly title: string | null;
  /** Null where there is nothing to give a title to yet. */
  readonly onRename: ((title: string | null) => void) | null;
}

/** The title of the conversation, which can be changed where it stands. */
export function Title({ title, onRename }: TitleProps) {
  const { app, composer } = useMessages();
  const [typed, setTyped] = useState<string | null>(null);
  if (onRename === null) {
    return <h1 className="conversation-title">{app.newConversation}</h1>;
  }

  const keep = (): void => {
    const renamed = typed?.trim() ?? '';
    setTyped(null);
    if (typed !== null && renamed !== (title ?? '')) {
      onRename(renamed === '' ? null : renamed);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) {
      return;
    }
    if (event.key === 'Enter') {
      keep();
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      setTyped(null);
    }
  };
  return (
    <h1 className="conversation-title">
      {typed === null ? (
        <button
          type="button"
          dir="auto"
          title={composer.rename}
          onClick={() => {
            setTyped(title ?? '');
          }}
        >
          {title ?? app.untitled}
        </button>
      ) : (
        <input
          aria-label={composer.title}
          autoFocus
          dir="auto"
          maxLength={MAX_TITLE}
          placeholder={app.untitled}
          value={typed}
          onFocus={(event) => {
            event.target.select();
          }}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          onBlur={keep}
          onKeyDown={onKeyDown}
        />
      )}
    </h1>
  );
}
