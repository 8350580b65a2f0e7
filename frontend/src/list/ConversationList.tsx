import { Archive, ArrowLeft } from 'lucide-react';
import { useCallback, useState } from 'react';

import type { Conversation } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { ConversationGroups } from './ConversationGroups';
import { ConversationMenu } from './ConversationMenu';
import { SearchField } from './SearchField';
import { SearchResults } from './SearchResults';
import { ShareDialog } from './ShareDialog';
import { useChanges } from './useChanges';
import { useDebounced } from './useDebounced';
import './list.css';

/** Long enough for the next letter of most who type. */
const SEARCH_MILLIS = 200;

/** The conversations of the reader, the newest first, or those that have the words of a search. */
export function ConversationList() {
  const { list } = useMessages();
  const [archived, setArchived] = useState(false);
  const [typed, setTyped] = useState('');
  const query = useDebounced(typed.trim(), SEARCH_MILLIS);

  const changes = useChanges();
  const [menu, setMenu] = useState<{ readonly of: Conversation; readonly anchor: HTMLElement } | null>(null);
  const [renaming, setRenaming] = useState<string | null>(null);
  const [sharing, setSharing] = useState<Conversation | null>(null);

  const openMenu = useCallback((of: Conversation, anchor: HTMLElement) => {
    setMenu((open) => (open?.anchor === anchor ? null : { of, anchor }));
  }, []);
  const closeMenu = useCallback(() => {
    setMenu(null);
  }, []);
  const onRenamed = useCallback(
    (conversation: Conversation, title: string | null) => {
      setRenaming(null);
      if (title !== null && title !== (conversation.title ?? '')) {
        void changes.change(conversation, { title: title === '' ? null : title });
      }
    },
    [changes],
  );

  return (
    <div className="conversations">
      <div className="list-head">
        <SearchField value={typed} onChange={setTyped} />
        <button
          type="button"
          className="icon"
          aria-pressed={archived}
          aria-label={list.showArchived}
          title={archived ? list.backFromArchived : list.showArchived}
          onClick={() => {
            setArchived(!archived);
          }}
        >
          {archived ? <ArrowLeft aria-hidden="true" /> : <Archive aria-hidden="true" />}
        </button>
      </div>
      {typed.trim() === '' || query === '' ? (
        <ConversationGroups
          key={String(archived)}
          archived={archived}
          renaming={renaming}
          openMenuOf={menu?.of.id ?? null}
          onMenu={openMenu}
          onRename={setRenaming}
          onRenamed={onRenamed}
          onRemove={changes.remove}
        />
      ) : (
        <SearchResults query={query} />
      )}
      {menu !== null && (
        <ConversationMenu
          conversation={menu.of}
          anchor={menu.anchor}
          changes={changes}
          onRename={setRenaming}
          onShare={setSharing}
          onClose={closeMenu}
        />
      )}
      {sharing !== null && (
        <ShareDialog
          conversation={sharing}
          onClose={() => {
            setSharing(null);
          }}
        />
      )}
    </div>
  );
}
