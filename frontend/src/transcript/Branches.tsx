import { ChevronLeft, ChevronRight } from 'lucide-react';

import type { Message } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { Action } from './MessageActions';

interface BranchesProps {
  readonly message: Message;
  /** Why none can be switched to now; null if it can. */
  readonly reason: string | null;
  readonly onBranch: (from: string, to: string) => void;
}

/** Which of the alternatives to a message is shown, and how to see the others. */
export function Branches({ message, reason, onBranch }: BranchesProps) {
  const { transcript } = useMessages();
  const all = message.siblings ?? [];
  const place = all.indexOf(message.id);
  if (all.length < 2 || place < 0) {
    return null;
  }
  const to = (id: string): (() => void) => {
    return () => {
      onBranch(message.id, id);
    };
  };
  const before = all.at((place - 1 + all.length) % all.length) ?? message.id;
  const after = all.at((place + 1) % all.length) ?? message.id;
  return (
    <span className="branches" role="group" aria-label={transcript.branches(place + 1, all.length)}>
      <Action icon={ChevronLeft} label={transcript.earlierBranch} reason={reason} onUse={to(before)} />
      <span aria-hidden="true">{transcript.branchPlace(place + 1, all.length)}</span>
      <Action icon={ChevronRight} label={transcript.laterBranch} reason={reason} onUse={to(after)} />
    </span>
  );
}
