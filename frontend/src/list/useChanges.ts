import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useLocation } from 'wouter';

import { changeConversation, type ConversationChange } from '../api/conversations';
import { failureOf } from '../api/failure';
import type { Conversation } from '../api/types';
import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';
import { deletions } from './deleting';
import { CONVERSATIONS, LISTS } from './queries';
import { withoutRow, withRow, type Rows } from './rows';

type ListedChange = Pick<ConversationChange, 'title' | 'pinned' | 'archived'>;

/** What can be done with conversations from outside of them. */
export interface Changes {
  /** Shows a change at once, and takes it back if the server refuses it. */
  readonly change: (conversation: Conversation, change: ListedChange) => Promise<void>;
  /** Deletes it soon; until then it can be undone. */
  readonly remove: (conversation: Conversation) => void;
}

export function useChanges(): Changes {
  const queries = useQueryClient();
  const toast = useToast();
  const { app, list } = useMessages();
  const [, navigate] = useLocation();

  const change = useCallback(
    async (conversation: Conversation, changed: ListedChange) => {
      // What is read at this moment does not know of the change yet.
      await queries.cancelQueries({ queryKey: LISTS });
      const { id, title, pinned, archived } = { ...conversation, ...changed };
      show(queries, { ...conversation, id, title, pinned, archived, updated_at: new Date().toISOString() });
      try {
        show(queries, await changeConversation(id, changed));
      } catch (error) {
        show(queries, conversation);
        toast({ text: list.notChanged(app.failure(failureOf(error))) });
      }
      await queries.invalidateQueries({ queryKey: CONVERSATIONS });
    },
    [queries, toast, app, list],
  );

  const remove = useCallback(
    ({ id, title }: Conversation) => {
      const address = `/c/${id}`;
      const open = location.pathname === address;
      deletions.begin(id, (error) => {
        toast({ text: list.notDeleted(app.failure(failureOf(error))) });
      });
      if (open) {
        navigate('/');
      }
      toast({
        text: list.deleted(title ?? app.untitled),
        action: {
          label: app.undo,
          run: () => {
            deletions.undo(id);
            if (open && location.pathname === '/') {
              navigate(address);
            }
          },
        },
        onGone: () => void deletions.finish(id),
      });
    },
    [toast, app, list, navigate],
  );

  return useMemo(() => ({ change, remove }), [change, remove]);
}

/** Puts a conversation into the list where it belongs, and out of the other. */
function show(queries: QueryClient, conversation: Conversation): void {
  for (const archived of [false, true]) {
    queries.setQueryData<Rows>([...LISTS, archived], (known) =>
      known === undefined
        ? undefined
        : conversation.archived === archived
          ? withRow(known, conversation)
          : withoutRow(known, conversation.id),
    );
  }
}
