import { Search, X } from 'lucide-react';
import { useRef, type KeyboardEvent } from 'react';

import { useMessages } from '../i18n/useMessages';

/** The search field's id, by which the page's keys find it. */
export const SEARCH_ID = 'search';

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Where the words of a search are written. Escape clears it, the arrow down moves to what was found. */
export function SearchField({ value, onChange }: SearchFieldProps) {
  const { list } = useMessages();
  const field = useRef<HTMLInputElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.key === 'Escape' && value !== '' && !event.nativeEvent.isComposing) {
      event.stopPropagation();
      onChange('');
    } else if (event.key === 'ArrowDown') {
      event.preventDefault();
      document.querySelector<HTMLElement>('.list .row-link')?.focus();
    }
  };
  return (
    <div className="search" role="search">
      <Search aria-hidden="true" />
      <input
        ref={field}
        id={SEARCH_ID}
        type="text"
        inputMode="search"
        enterKeyHint="search"
        aria-label={list.search}
        placeholder={list.search}
        aria-keyshortcuts="/ Control+K"
        autoComplete="off"
        maxLength={500}
        dir="auto"
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
        onKeyDown={onKeyDown}
      />
      {value !== '' && (
        <button
          type="button"
          className="icon"
          aria-label={list.clearSearch}
          title={list.clearSearch}
          onClick={() => {
            onChange('');
            field.current?.focus();
          }}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  );
}
