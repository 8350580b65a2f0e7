import { createContext, useCallback, useContext, useEffect, useRef, useState, type ReactNode } from 'react';

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

const ShowContext = createContext<(toast: Toast) => void>(() => undefined);

/** Shows a message. */
export function useToast(): (toast: Toast) => void {
  return useContext(ShowContext);
}

export function ToastsProvider({ children }: { readonly children: ReactNode }) {
  const [toasts, setToasts] = useState<readonly ShownToast[]>([]);
  const next = useRef(0);
  const show = useCallback((toast: Toast) => {
    const id = next.current++;
    setToasts((shown) => [...shown, { ...toast, id }]);
  }, []);
  const remove = useCallback((id: number) => {
    setToasts((shown) => shown.filter((toast) => toast.id !== id));
  }, []);
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
  useEffect(() => {
    const timer = setTimeout(() => {
      toast.onGone?.();
      onGone(toast.id);
    }, SHOWN_MILLIS);
    return () => {
      clearTimeout(timer);
    };
  }, [toast, onGone]);
  return (
    <p className="toast">
      {toast.text}
      {toast.action !== undefined && (
        <button
          type="button"
          className="plain"
          onClick={() => {
            toast.action?.run();
            onGone(toast.id);
          }}
        >
          {toast.action.label}
        </button>
      )}
    </p>
  );
}
