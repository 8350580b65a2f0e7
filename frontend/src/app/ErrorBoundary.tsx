import { Component, type ReactNode } from 'react';

import { useMessages } from '../i18n/useMessages';

interface ErrorBoundaryProps {
  readonly children: ReactNode;
}

/** Shows what can be done when a part of the page breaks, or cannot be fetched from a server that has been replaced. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <Broken /> : this.props.children;
  }
}

function Broken() {
  const { app } = useMessages();
  return (
    <div className="notice" role="alert">
      <h1>{app.broken}</h1>
      <p>{app.brokenHint}</p>
      <button
        type="button"
        className="plain"
        onClick={() => {
          location.reload();
        }}
      >
        {app.reload}
      </button>
    </div>
  );
}
