import { useEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react';

/** Something that opens below its button, and closes by Escape, or a click or the focus elsewhere. */
export interface Popover {
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
  /** Closes it and brings the focus back to its button. */
  readonly leave: () => void;
  /** Of the element that holds the button and what opens. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly opener: RefObject<HTMLButtonElement | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

export function usePopover(): Popover {
  const [open, setOpen] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const opener = useRef<HTMLButtonElement>(null);

  useEffect(() => {
    if (!open) {
      return;
    }
    const onElsewhere = (event: Event): void => {
      if (event.target instanceof Node && frame.current?.contains(event.target) === false) {
        setOpen(false);
      }
    };
    document.addEventListener('pointerdown', onElsewhere);
    document.addEventListener('focusin', onElsewhere);
    return () => {
      document.removeEventListener('pointerdown', onElsewhere);
      document.removeEventListener('focusin', onElsewhere);
    };
  }, [open]);

  const leave = (): void => {
    setOpen(false);
    opener.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (open && event.key === 'Escape' && !event.nativeEvent.isComposing) {
      // Nor does it stop a reply.
      event.stopPropagation();
      leave();
    }
  };
  return { open, setOpen, leave, frame, opener, onKeyDown };
}
