import { useCallback } from 'react';
import { useLocation } from 'wouter';

import { failureOf } from '../api/failure';
import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';
import { deletions } from '../list/deleting';
import { addressOf, type Pair } from './pair';

/** Opens one conversation of a pair and deletes the other, which can be undone for a while. */
export function useCarryOn(pair: Pair): (chosen: string, other: string | null) => void {
  const [, navigate] = useLocation();
  const toast = useToast();
  const { app, compare } = useMessages();
  return useCallback(
    (chosen, other) => {
      navigate(`/c/${chosen}`);
      if (other === null) {
        return;
      }
      deletions.begin(other, (error) => {
        toast({ text: app.failure(failureOf(error)) });
      });
      toast({
        text: compare.otherDeleted,
        action: {
          label: app.undo,
          run: () => {
            deletions.undo(other);
            navigate(addressOf(pair));
          },
        },
        onGone: () => void deletions.finish(other),
      });
    },
    [pair, navigate, toast, app, compare],
  );
}
