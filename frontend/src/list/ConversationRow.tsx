import { Ellipsis, Pin } from 'lucide-react';
import { memo, type KeyboardEvent } from 'react';
import { Link } from 'wouter';

import type { Conversation } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { rowBeside } from './moveFocus';
import { RenameField } from './RenameField';

/** What can be done with any row. */
export interface RowActions {
  readonly onMenu: (conversation: Conversation, anchor: HTMLElement) => void;
  /** Begins to rename. */
  readonly onRename: (id: string) => void;
  /** Ends it; null keeps the title as it is. */
  readonly onRenamed: (conversation: Conversation, title: string | null) => void;
  readonly onRemove: (conversation: Conversation) => void;
}

interface ConversationRowProps extends RowActions {
  readonly conversation: Conversation;
  /** It is what the page shows. */
  readonly current: boolean;
  /** The Tab key comes to it. */
  readonly entry: boolean;
  readonly renaming: boolean;
  readonly menuOpen: boolean;
}

/** One conversation in the list. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { conversation, current, entry, renaming, menuOpen, onMenu, onRename, onRenamed, onRemove } = props;
  const { app, list } = useMessages();
  const title = conversation.title ?? app.untitled;

  const onKeyDown = (event: KeyboardEvent<HTMLAnchorElement>): void => {
    if (event.key === 'F2') {
      event.preventDefault();
      onRename(conversation.id);
    } else if (event.key === 'Delete') {
      event.preventDefault();
      rowBeside(event.currentTarget)?.focus();
      onRemove(conversation);
    }
  };

  return (
    <li className={current ? 'row current' : 'row'} data-conversation={conversation.id}>
      {renaming ? (
        <RenameField
          title={conversation.title ?? ''}
          onDone={(renamed) => {
            onRenamed(conversation, renamed);
          }}
        />
      ) : (
        <>
          <Link
            href={`/c/${conversation.id}`}
            className="row-link"
            aria-current={current ? 'page' : undefined}
            tabIndex={entry ? 0 : -1}
            title={title}
            onKeyDown={onKeyDown}
          >
            {conversation.running_reply_id !== null && (
              <span className="row-dot" role="img" aria-label={list.replying} title={list.replying} />
            )}
            <span className="row-title" dir="auto">
              {title}
            </span>
            {conversation.pinned && <Pin className="row-pin" aria-hidden="true" />}
          </Link>
          <button
            type="button"
            className="icon row-more"
            aria-label={list.actions(title)}
            aria-haspopup="menu"
            aria-expanded={menuOpen}
            tabIndex={entry ? 0 : -1}
            onClick={(event) => {
              onMenu(conversation, event.currentTarget);
            }}
          >
            <Ellipsis aria-hidden="true" />
          </button>
        </>
      )}
    </li>
  );
});
