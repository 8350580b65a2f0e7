import { PanelLeft, SquarePen, X } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { Link, useLocation } from 'wouter';

import { useMessages } from '../i18n/useMessages';
import { ConversationList } from '../list/ConversationList';
import { ListFoot } from '../list/ListFoot';
import { SEARCH_ID } from '../list/SearchField';
import { usePreferences } from '../preferences/preferences';
import { Banner } from './Banner';
import { ShortcutsDialog } from './ShortcutsDialog';
import { useMovedFocus } from './useMovedFocus';
import { useNarrow } from './useNarrow';
import { useShortcuts } from './useShortcuts';
import { Wordmark } from './Wordmark';

/** The frame of every page: the list of conversations beside what is shown, or over it where there is no room. */
export function Layout({ children }: { readonly children: ReactNode }) {
  const { app, list } = useMessages();
  const [{ listOpen }, change] = usePreferences();
  const narrow = useNarrow();
  const [location, navigate] = useLocation();
  // On a narrow page the list covers what is chosen from it, so it is open only where it was opened.
  const [openedAt, setOpenedAt] = useState<string | null>(null);
  const open = narrow ? openedAt === location : listOpen;
  const drawer = narrow && open;
  const opener = useRef<HTMLButtonElement>(null);
  const closer = useRef<HTMLButtonElement>(null);
  const main = useRef<HTMLElement>(null);
  const [help, setHelp] = useState(false);

  const setOpen = useCallback(
    (next: boolean) => {
      if (narrow) {
        setOpenedAt(next ? location : null);
      } else {
        change({ listOpen: next });
      }
    },
    [narrow, location, change],
  );
  const close = useCallback(() => {
    // What is behind the drawer takes the focus only when the drawer is gone.
    flushSync(() => {
      setOpen(false);
    });
    opener.current?.focus();
  }, [setOpen]);
  useDrawerKeys(drawer, close);
  useMovedFocus(main, location);
  useEffect(() => {
    if (drawer) {
      closer.current?.focus();
    }
  }, [drawer]);

  const search = useCallback(() => {
    flushSync(() => {
      setOpen(true);
    });
    const field = document.getElementById(SEARCH_ID);
    if (field instanceof HTMLInputElement) {
      field.focus();
      field.select();
    }
  }, [setOpen]);
  const newConversation = useCallback(() => {
    navigate('/');
    document.getElementById('message')?.focus();
  }, [navigate]);
  const showHelp = useCallback(() => {
    setHelp(true);
  }, []);
  useShortcuts({ search, newConversation, help: showHelp });

  const onListClick = ({ target }: MouseEvent): void => {
    // Also the conversation that is behind the drawer already.
    if (narrow && target instanceof Element && target.closest('a[href]:not([download])') !== null) {
      setOpen(false);
    }
  };
  const newLink = (
    <Link href="/" className="icon" aria-label={app.newConversation} title={app.newConversation}>
      <SquarePen aria-hidden="true" />
    </Link>
  );

  return (
    <div className="frame">
      <Banner />
      <div className={open ? 'page with-list' : 'page'}>
        <a className="skip" href="#main" inert={drawer}>
          {app.skipToMessage}
        </a>
        <header className="list-bar" inert={drawer}>
          <button
            ref={opener}
            type="button"
            className="icon"
            aria-expanded={open}
            aria-controls="list"
            aria-label={open ? app.closeList : app.openList}
            title={open ? app.closeList : app.openList}
            onClick={() => {
              setOpen(!open);
            }}
          >
            <PanelLeft aria-hidden="true" />
          </button>
          <Link href="/" className="home" aria-label={app.name}>
            <Wordmark />
          </Link>
          {newLink}
        </header>
        {drawer && <div className="shade" onClick={close} aria-hidden="true" />}
        {open && (
          <nav id="list" className="list" aria-label={list.conversations} onClick={onListClick}>
            {drawer && (
              <div className="list-bar">
                <button
                  ref={closer}
                  type="button"
                  className="icon"
                  aria-label={app.closeList}
                  title={app.closeList}
                  onClick={close}
                >
                  <X aria-hidden="true" />
                </button>
                <span className="home">
                  <Wordmark />
                </span>
                {newLink}
              </div>
            )}
            <ConversationList />
            <ListFoot onHelp={showHelp} />
          </nav>
        )}
        <main ref={main} id="main" className="main" tabIndex={-1} inert={drawer}>
          {children}
        </main>
      </div>
      {help && (
        <ShortcutsDialog
          onClose={() => {
            setHelp(false);
          }}
        />
      )}
    </div>
  );
}

/** Escape closes the drawer, and does nothing else meanwhile. */
function useDrawerKeys(drawer: boolean, close: () => void): void {
  useEffect(() => {
    if (!drawer) {
      return;
    }
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.isComposing) {
        event.stopPropagation();
        close();
      }
    };
    document.addEventListener('keydown', onKeyDown);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
    };
  }, [drawer, close]);
}
