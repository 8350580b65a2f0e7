import { X } from 'lucide-react';
import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';

import { useMessages } from '../i18n/useMessages';
import './toasts.css';

/** A short message at the edge of the page, which goes away by itself. */
export interface Toast {
  readonly text: string;
  /** Something the reader may do about it, as long as it is there. */
  readonly action?: { readonly label: string; readonly run: () => void };
  /** Called when it goes away without its action having been used. */
  readonly onGone?: () => void;
}

interface ShownToast extends Toast {
  readonly id: number;
}

const SHOWN_MILLIS = 8000;
/** More would cover the page; the oldest go early. */
const MOST_SHOWN = 4;

const ShowContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a message. */
export function useToast(): (toast: Toast) => void {
  return useContext(ShowContext);
}

export function ToastsProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const shown = useRef<readonly ShownToast[]>([]);
  const next = useRef(0);
  const keep = useCallback((kept: readonly ShownToast[]) => {
    shown.current = kept;
    setToasts(kept);
  }, []);
  const show = useCallback(
    (toast: Toast) => {
      const all = [...shown.current, { ...toast, id: next.current++ }];
      keep(all.slice(-MOST_SHOWN));
      for (const early of all.slice(0, -MOST_SHOWN)) {
        early.onGone?.();
      }
    },
    [keep],
  );
  const remove = useCallback(
    (id: number) => {
      keep(shown.current.filter((toast) => toast.id !== id));
    },
    [keep],
  );
  return (
    <ShowContext value={show}>
      {children}
      <div className="toasts" role="status">
        {toasts.map((toast) => (
          <ToastView key={toast.id} toast={toast} onGone={remove} />
        ))}
      </div>
    </ShowContext>
  );
}

interface ToastViewProps {
  readonly toast: ShownToast;
  readonly onGone: (id: number) => void;
}

function ToastView({ toast, onGone }: ToastViewProps) {
  const { app } = useMessages();
  // Who points at it, or has moved the focus into it, is about to do something with it.
  const [pointed, setPointed] = useState(false);
  const [focused, setFocused] = useState(false);
  const held = pointed || focused;
  /** Where the focus was before it came here, and goes back to. */
  const before = useRef<EventTarget | null>(null);

  const goAway = useCallback(() => {
    onGone(toast.id);
    if (before.current instanceof HTMLElement) {
      before.current.focus();
    }
  }, [toast, onGone]);
  const leave = useCallback(() => {
    toast.onGone?.();
    goAway();
  }, [toast, goAway]);
  useEffect(() => {
    if (held) {
      return;
    }
    const timer = setTimeout(leave, SHOWN_MILLIS);
    return () => {
      clearTimeout(timer);
    };
  }, [held, leave]);

  return (
    <div
      className="toast"
      onPointerEnter={() => {
        setPointed(true);
      }}
      onPointerLeave={() => {
        setPointed(false);
      }}
      onFocus={({ currentTarget, relatedTarget }) => {
        setFocused(true);
        if (!currentTarget.contains(relatedTarget)) {
          before.current = relatedTarget;
        }
      }}
      onBlur={() => {
        before.current = null;
        setFocused(false);
      }}
    >
      <p dir="auto">{toast.text}</p>
      {toast.action !== undefined && (
        <button
          type="button"
          className="plain"
          onClick={() => {
            goAway();
            toast.action?.run();
          }}
        >
          {toast.action.label}
        </button>
      )}
      <button type="button" className="icon" aria-label={app.close} title={app.close} onClick={leave}>
        <X aria-hidden="true" />
      </button>
    </div>
  );
}
