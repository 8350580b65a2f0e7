import { useMutation } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState } from 'react';

import { shareConversation, unshareConversation } from '../api/conversations';
import { failureOf } from '../api/failure';
import type { Conversation } from '../api/types';
import { Dialog } from '../app/Dialog';
import { useMessages } from '../i18n/useMessages';

interface ShareDialogProps {
  readonly conversation: Conversation;
  readonly onClose: () => void;
}

/** Makes links by which everybody can read a conversation, and ends them. */
export function ShareDialog({ conversation, onClose }: ShareDialogProps) {
  const { app, list } = useMessages();
  const { id, title } = conversation;
  const share = useMutation({ mutationFn: () => shareConversation(id) });
  const unshare = useMutation({ mutationFn: () => unshareConversation(id), onSuccess: share.reset });
  const error = share.error ?? unshare.error;

  return (
    <Dialog title={list.shareTitle(title ?? app.untitled)} onClose={onClose}>
      <p>{list.shareWhat}</p>
      {share.data !== undefined && <SharedLink link={`${location.origin}/shared/${share.data.token}`} />}
      <p role="status">{unshare.isSuccess && share.data === undefined ? list.linksEnded : ''}</p>
      {error !== null && (
        <p className="problem" role="alert">
          {app.failure(failureOf(error))}
        </p>
      )}
      <div className="dialog-actions">
        {share.data === undefined && (
          <button
            type="button"
            className="main-action"
            disabled={share.isPending}
            onClick={() => {
              unshare.reset();
              share.mutate();
            }}
          >
            {list.makeLink}
          </button>
        )}
        <button
          type="button"
          className="plain"
          disabled={unshare.isPending}
          onClick={() => {
            unshare.mutate();
          }}
        >
          {list.endLinks}
        </button>
      </div>
    </Dialog>
  );
}

function SharedLink({ link }: { readonly link: string }) {
  const { list } = useMessages();
  const ids = useId();
  const field = useRef<HTMLInputElement>(null);
  const [note, setNote] = useState<string | null>(null);
  useEffect(() => {
    field.current?.select();
  }, []);
  const copy = async (): Promise<void> => {
    field.current?.select();
    try {
      await navigator.clipboard.writeText(link);
      setNote(list.copied);
    } catch {
      // Browsers allow it on secure pages alone.
      setNote(list.copyByHand);
    }
  };
  return (
    <>
      <label className="visually-hidden" htmlFor={`${ids}-link`}>
        {list.link}
      </label>
      <div className="shared-link">
        <input ref={field} id={`${ids}-link`} readOnly autoFocus value={link} />
        <button type="button" className="main-action" onClick={() => void copy()}>
          {list.copy}
        </button>
      </div>
      <p className="quiet" role="status">
        {note ?? list.linkOnce}
      </p>
    </>
  );
}
