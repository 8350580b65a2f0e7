import { PanelLeft, SquarePen } from 'lucide-react';
import { useCallback, useEffect, useRef, type ReactNode } from 'react';
import { Link, useLocation } from 'wouter';

import { useEscape } from '../composer/useEscape';
import { useMessages } from '../i18n/useMessages';
import { ConversationList } from '../list/ConversationList';
import { usePreferences } from '../preferences/preferences';
import { useNarrow } from './useNarrow';
import { Wordmark } from './Wordmark';

/** The frame of every page: the list of conversations beside what is shown, or over it where there is no room. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const { app } = useMessages();
  const [{ listOpen }, change] = usePreferences();
  const narrow = useNarrow();
  const [location] = useLocation();
  const opener = useRef<HTMLButtonElement>(null);

  const close = useCallback(() => {
    change({ listOpen: false });
    opener.current?.focus();
  }, [change]);
  useEscape(narrow && listOpen, close);
  // On a narrow page the list covers what was chosen from it.
  useEffect(() => {
    if (narrow) {
      change({ listOpen: false });
    }
  }, [narrow, location, change]);

  return (
    <div className={listOpen ? 'page with-list' : 'page'}>
      <a className="skip" href="#message">
        {app.skipToMessage}
      </a>
      <div className="list-bar">
        <button
          ref={opener}
          type="button"
          className="icon"
          aria-expanded={listOpen}
          aria-controls="list"
          aria-label={listOpen ? app.closeList : app.openList}
          title={listOpen ? app.closeList : app.openList}
          onClick={() => {
            change({ listOpen: !listOpen });
          }}
        >
          <PanelLeft aria-hidden="true" />
        </button>
        <Link href="/" className="home" aria-label={app.name}>
          <Wordmark />
        </Link>
        <Link href="/" className="icon" aria-label={app.newConversation} title={app.newConversation}>
          <SquarePen aria-hidden="true" />
        </Link>
      </div>
      {listOpen && (
        <>
          {narrow && <div className="shade" onClick={close} aria-hidden="true" />}
          <nav id="list" className="list" aria-label={app.openList}>
            <ConversationList />
          </nav>
        </>
      )}
      <main className="main">{children}</main>
    </div>
  );
}
