import { useEffect } from 'react';

/** What the keys of the page do. */
export interface Shortcuts {
  readonly search: () => void;
  readonly newConversation: () => void;
  readonly help: () => void;
}

/** Listens to the keys that work everywhere on the page. */
export function useShortcuts({ search, newConversation, help }: Shortcuts): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const meant = actionOf(event, { search, newConversation, help });
      if (meant !== null && document.querySelector('dialog[open]') === null) {
        event.preventDefault();
        meant();
      }
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, [search, newConversation, help]);
}

function actionOf(event: KeyboardEvent, shortcuts: Shortcuts): (() => void) | null {
  const { key, altKey, shiftKey } = event;
  if (altKey || event.defaultPrevented || event.isComposing) {
    return null;
  }
  if (event.ctrlKey || event.metaKey) {
    switch (key.toLowerCase()) {
      case 'k':
        return shiftKey ? null : shortcuts.search;
      case 'o':
        return shiftKey ? shortcuts.newConversation : null;
      default:
        return null;
    }
  }
  // Alone, they are letters to whoever writes.
  if (isWriting(event.target)) {
    return null;
  }
  switch (key) {
    case '/':
      return shortcuts.search;
    case '?':
      return shortcuts.help;
    default:
      return null;
  }
}

function isWriting(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable="true"]') !== null;
}
