import { X } from 'lucide-react';
import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

import { useMedia } from '../composer/useMedia';
import { useMessages } from '../i18n/useMessages';

interface SidePanelProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Below this the conversation has no room beside a panel; `conversation.css` has the same number. */
const NO_ROOM = '(max-width: 68rem)';

/** A panel beside the conversation, or over it where there is no room. Takes the focus, and gives it back. */
export function SidePanel({ title, onClose, children }: SidePanelProps) {
  const { app } = useMessages();
  const over = useMedia(NO_ROOM);
  const head = (
    <div className="side-panel-head">
      <h2>{title}</h2>
      <button type="button" className="icon" aria-label={app.close} title={app.close} onClick={onClose}>
        <X aria-hidden="true" />
      </button>
    </div>
  );
  const Frame = over ? Drawer : Beside;
  return (
    <Frame title={title} onClose={onClose}>
      {head}
      <div className="side-panel-body">{children}</div>
    </Frame>
  );
}

/** Closes by Escape, which then does not stop a reply, too. */
function onEscape(event: KeyboardEvent, onClose: () => void): void {
  if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
    event.stopPropagation();
    event.preventDefault();
    onClose();
  }
}

function Beside({ title, onClose, children }: SidePanelProps) {
  const panel = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const opened = panel.current;
    const opener = document.activeElement;
    opened?.focus();
    return () => {
      if (opener instanceof HTMLElement && opened?.contains(document.activeElement) === true) {
        opener.focus();
      }
    };
  }, []);
  return (
    <aside
      ref={panel}
      className="side-panel"
      aria-label={title}
      tabIndex={-1}
      onKeyDown={(event) => {
        onEscape(event, onClose);
      }}
    >
      {children}
    </aside>
  );
}

function Drawer({ title, onClose, children }: SidePanelProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const opened = dialog.current;
    // The browser keeps the focus inside, and gives it back when the dialog is closed.
    opened?.showModal();
    return () => {
      opened?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="side-panel over"
      aria-label={title}
      onCancel={onClose}
      onKeyDown={(event) => {
        onEscape(event, onClose);
      }}
      onClick={(event) => {
        // What is not inside is the backdrop.
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      {children}
    </dialog>
  );
}
