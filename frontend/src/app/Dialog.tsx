import { X } from 'lucide-react';
import { useId, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';

import { useMessages } from '../i18n/useMessages';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Something over the page that is to be dealt with first. The focus stays in it, and returns to where it was. */
export function Dialog({ title, onClose, children }: DialogProps) {
  const { app } = useMessages();
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();

  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      // Closed while it is still in the document, the browser gives the focus back.
      element?.close();
    };
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    // The keys of what lies below are not meant.
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
  };

  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={titleId}
      onKeyDown={onKeyDown}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        // Its content fills it, so only what is around it is the dialog itself.
        if (event.target === dialog.current) {
          onClose();
        }
      }}
    >
      <div className="dialog-content">
        <h2 id={titleId} dir="auto">
          {title}
        </h2>
        {children}
        {/* The last, so that the focus begins at what the dialog is for. */}
        <button
          type="button"
          className="icon dialog-close"
          aria-label={app.close}
          title={app.close}
          onClick={onClose}
        >
          <X aria-hidden="true" />
        </button>
      </div>
    </dialog>
  );
}
