import { useMessages } from '../i18n/useMessages';
import { Dialog } from './Dialog';

/** Tells the keys of the page. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { app } = useMessages();
  return (
    <Dialog title={app.shortcuts} onClose={onClose}>
      <dl className="shortcuts">
        {app.shortcutKeys.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
