import { Component, type ReactNode } from 'react';

import { useMessages } from '../i18n/useMessages';

interface PlainOnErrorProps {
  readonly text: string;
  readonly children: ReactNode;
}

/** Shows a message as it was written if it cannot be shown any better. React has no such thing as a function. */
export class PlainOnError extends Component<PlainOnErrorProps, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { readonly failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <Plain text={this.props.text} /> : this.props.children;
  }
}

function Plain({ text }: { readonly text: string }) {
  const { transcript } = useMessages();
  return (
    <>
      <p className="note">{transcript.plainNote}</p>
      <div className="as-written">{text}</div>
    </>
  );
}
