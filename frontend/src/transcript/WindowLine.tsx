import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';

import { replyWindow } from '../api/conversations';
import type { WindowReport } from '../api/types';
import { useMessages } from '../i18n/useMessages';

interface WindowLineProps {
  readonly window: WindowReport;
  /** The reply that was written with it. */
  readonly replyId: string;
}

/** Stands between messages where the model's window begins, and says what has become of those above. */
export function WindowLine({ window, replyId }: WindowLineProps) {
  const { transcript } = useMessages();
  const [open, setOpen] = useState(false);
  const as = transcript.cutAs(window.policy);
  return (
    <div className="window-line">
      <p>
        <span>{transcript.cut(window.cut_messages)}</span>
        {as !== '' && <span className="window-as">{as}</span>}
        {window.recap_tokens > 0 && (
          <button
            type="button"
            className="more"
            aria-expanded={open}
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? transcript.hideRecap : transcript.showRecap}
          </button>
        )}
      </p>
      {open && <Recap replyId={replyId} />}
    </div>
  );
}

function Recap({ replyId }: { readonly replyId: string }) {
  const { app, transcript } = useMessages();
  const { data, error } = useQuery({
    queryKey: ['reply-window', replyId],
    queryFn: ({ signal }) => replyWindow(replyId, signal),
    staleTime: Infinity,
  });
  if (data === undefined && error === null) {
    return <p className="window-line-recap">{app.loading}</p>;
  }
  return (
    <blockquote className="window-line-recap" dir="auto">
      {data?.recap ?? transcript.noRecap}
    </blockquote>
  );
}
