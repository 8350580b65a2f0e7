import { useEffect, useRef, type KeyboardEvent } from 'react';

import { isSendKey } from '../composer/sendKey';
import { useMessages } from '../i18n/useMessages';

/** The most that the server takes. */
const LONGEST_TITLE = 200;

interface RenameFieldProps {
  readonly title: string;
  /** Null keeps the title as it is. */
  readonly onDone: (title: string | null) => void;
}

/** A title that is being written. Enter, or leaving it, keeps it; Escape does not. */
export function RenameField({ title, onDone }: RenameFieldProps) {
  const { list } = useMessages();
  const field = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  /** The row that is there again afterwards gets the focus back. */
  const row = useRef<HTMLElement | null>(null);

  useEffect(() => {
    field.current?.select();
    row.current = field.current?.parentElement ?? null;
  }, []);

  const end = (renamed: string | null, stay: boolean): void => {
    // Going away, the field loses the focus, which is not another end.
    if (done.current) {
      return;
    }
    done.current = true;
    onDone(renamed);
    if (stay) {
      requestAnimationFrame(() => row.current?.querySelector<HTMLElement>('.row-link')?.focus());
    }
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    event.stopPropagation();
    if (isSendKey(event.nativeEvent)) {
      end(event.currentTarget.value.trim(), true);
    } else if (event.key === 'Escape') {
      end(null, true);
    }
  };

  return (
    <input
      ref={field}
      className="row-rename"
      aria-label={list.title}
      defaultValue={title}
      maxLength={LONGEST_TITLE}
      autoFocus
      dir="auto"
      onKeyDown={onKeyDown}
      onBlur={(event) => {
        end(event.currentTarget.value.trim(), false);
      }}
    />
  );
}
