import { Columns2, Download, Ellipsis, FileUp, Gauge, Keyboard, LogOut, Settings } from 'lucide-react';
import { useCallback, useRef, useState } from 'react';
import { Link, useRoute } from 'wouter';

import { exportAllAddress } from '../api/conversations';
import { failureOf } from '../api/failure';
import { signOut } from '../api/session';
import { Menu } from '../app/Menu';
import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';
import { useSession } from '../session/useSession';
import { deletions } from './deleting';
import { useImport } from './import/ImportProvider';

/** The way to the other pages, and what is done with all conversations at once. */
export function ListFoot({ onHelp }: { readonly onHelp: () => void }) {
  const { app, list, session: messages } = useMessages();
  const session = useSession();
  const toast = useToast();
  const importFiles = useImport();
  const files = useRef<HTMLInputElement>(null);
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = useCallback(() => {
    setAnchor(null);
  }, []);
  const leave = async (): Promise<void> => {
    try {
      await deletions.finishAll();
      await signOut();
      // Begun anew, the page remembers nothing of who was signed in.
      location.assign('/');
    } catch (error) {
      toast({ text: messages.notSignedOut(app.failure(failureOf(error))) });
    }
  };

  return (
    <div className="list-foot">
      <PageLink href="/compare" label={list.compare} icon={<Columns2 aria-hidden="true" />} />
      {session?.role === 'admin' && (
        <PageLink href="/operator" label={list.operator} icon={<Gauge aria-hidden="true" />} />
      )}
      <PageLink href="/settings" label={list.settings} icon={<Settings aria-hidden="true" />} />
      <button
        type="button"
        className="icon"
        aria-label={list.menu}
        title={list.menu}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={({ currentTarget }) => {
          setAnchor(anchor === null ? currentTarget : null);
        }}
      >
        <Ellipsis aria-hidden="true" />
      </button>
      <input
        ref={files}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={list.import}
        multiple
        accept=".json,.jsonl,.ndjson,.log,.txt,application/json"
        onChange={({ currentTarget }) => {
          importFiles(Array.from(currentTarget.files ?? []));
          // The same file may be chosen again.
          currentTarget.value = '';
        }}
      />
      {anchor !== null && (
        <Menu anchor={anchor} label={list.menu} onClose={close}>
          <button type="button" role="menuitem" tabIndex={-1} onClick={() => files.current?.click()}>
            <FileUp aria-hidden="true" />
            {list.import}
          </button>
          <a role="menuitem" tabIndex={-1} href={exportAllAddress('json')} download>
            <Download aria-hidden="true" />
            {list.exportAllJson}
          </a>
          <a role="menuitem" tabIndex={-1} href={exportAllAddress('sharegpt')} download>
            <Download aria-hidden="true" />
            {list.exportAllShareGpt}
          </a>
          <hr />
          <button type="button" role="menuitem" tabIndex={-1} onClick={onHelp}>
            <Keyboard aria-hidden="true" />
            {app.shortcuts}
          </button>
          {session?.key_required === true && (
            <button type="button" role="menuitem" tabIndex={-1} onClick={() => void leave()}>
              <LogOut aria-hidden="true" />
              {list.signOut}
            </button>
          )}
        </Menu>
      )}
    </div>
  );
}

interface PageLinkProps {
  readonly href: string;
  readonly label: string;
  readonly icon: React.ReactNode;
}

function PageLink({ href, label, icon }: PageLinkProps) {
  const [current] = useRoute(href);
  return (
    <Link href={href} className="icon" aria-label={label} title={label} aria-current={current ? 'page' : undefined}>
      {icon}
    </Link>
  );
}
