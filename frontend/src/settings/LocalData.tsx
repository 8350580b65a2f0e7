import { useState } from 'react';

import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';
import { drafts } from '../preferences/drafts';
import { clearPreferences } from '../preferences/preferences';
import { presets } from '../preferences/presets';
import { replyDefaults } from '../preferences/replyDefaults';

/** Forgets what this browser keeps, after asking once more. Conversations are the server's and stay. */
export function LocalData() {
  const { app, settings } = useMessages();
  const toast = useToast();
  const [asking, setAsking] = useState(false);

  const clear = (): void => {
    drafts.clear();
    presets.clear();
    replyDefaults.clear();
    clearPreferences();
    setAsking(false);
    toast({ text: settings.cleared });
  };

  return (
    <div className="setting">
      <p className="setting-about">{settings.localDataAbout}</p>
      {asking ? (
        <div className="setting-line">
          <p role="alert">{settings.clearSure}</p>
          <button type="button" className="plain danger" onClick={clear}>
            {settings.clear}
          </button>
          <button
            type="button"
            className="plain"
            autoFocus
            onClick={() => {
              setAsking(false);
            }}
          >
            {app.cancel}
          </button>
        </div>
      ) : (
        <button
          type="button"
          className="plain"
          onClick={() => {
            setAsking(true);
          }}
        >
          {settings.clear}
        </button>
      )}
    </div>
  );
}
