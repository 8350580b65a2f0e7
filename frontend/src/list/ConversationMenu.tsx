import { Archive, ArchiveRestore, Download, Pencil, Pin, PinOff, Share2, Trash2 } from 'lucide-react';

import { exportAddress } from '../api/conversations';
import type { Conversation } from '../api/types';
import { Menu } from '../app/Menu';
import { useMessages } from '../i18n/useMessages';
import { rowBeside } from './moveFocus';
import type { Changes } from './useChanges';

interface ConversationMenuProps {
  readonly conversation: Conversation;
  readonly anchor: HTMLElement;
  readonly changes: Changes;
  readonly onRename: (id: string) => void;
  readonly onShare: (conversation: Conversation) => void;
  readonly onClose: () => void;
}

/** What can be done with a conversation of the list. */
export function ConversationMenu(props: ConversationMenuProps) {
  const { conversation, anchor, changes, onRename, onShare, onClose } = props;
  const { app, list } = useMessages();
  const { id, pinned, archived } = conversation;
  /** Something after which the row is no longer here. */
  const leaving = (act: () => void) => () => {
    const link = anchor.parentElement?.querySelector<HTMLElement>('.row-link');
    if (link !== null && link !== undefined) {
      rowBeside(link)?.focus();
    }
    act();
  };
  return (
    <Menu anchor={anchor} label={list.actions(conversation.title ?? app.untitled)} onClose={onClose}>
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        onClick={() => void changes.change(conversation, { pinned: !pinned })}
      >
        {pinned ? <PinOff aria-hidden="true" /> : <Pin aria-hidden="true" />}
        {pinned ? list.unpin : list.pin}
      </button>
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        onClick={() => {
          onRename(id);
        }}
      >
        <Pencil aria-hidden="true" />
        {list.rename}
      </button>
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        onClick={() => {
          onShare(conversation);
        }}
      >
        <Share2 aria-hidden="true" />
        {list.share}
      </button>
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        onClick={leaving(() => void changes.change(conversation, { archived: !archived }))}
      >
        {archived ? <ArchiveRestore aria-hidden="true" /> : <Archive aria-hidden="true" />}
        {archived ? list.unarchive : list.archive}
      </button>
      <hr />
      <a role="menuitem" tabIndex={-1} href={exportAddress(id, 'markdown')} download>
        <Download aria-hidden="true" />
        {list.exportMarkdown}
      </a>
      <a role="menuitem" tabIndex={-1} href={exportAddress(id, 'json')} download>
        <Download aria-hidden="true" />
        {list.exportJson}
      </a>
      <a role="menuitem" tabIndex={-1} href={exportAddress(id, 'sharegpt')} download>
        <Download aria-hidden="true" />
        {list.exportShareGpt}
      </a>
      <hr />
      <button
        type="button"
        role="menuitem"
        tabIndex={-1}
        className="danger"
        onClick={leaving(() => {
          changes.remove(conversation);
        })}
      >
        <Trash2 aria-hidden="true" />
        {list.delete}
      </button>
    </Menu>
  );
}
