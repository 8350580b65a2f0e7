import { useQuery } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';

import { property, stringOrNull } from '../api/json';
import { requestJson } from '../api/request';
import { useMessages } from '../i18n/useMessages';
import { replyDefaults } from '../preferences/replyDefaults';
import { Appearance } from './Appearance';
import { LocalData } from './LocalData';
import { OwnPresets } from './OwnPresets';
import { SettingsFields } from './SettingsFields';
import { merged } from './useConversationSettings';
import { useModels } from './useModels';
import './settings.css';

/** What holds for this browser, whatever the conversation. */
export default function SettingsPage() {
  const { app, settings: messages } = useMessages();
  const { models } = useModels();
  const defaults = useSyncExternalStore(replyDefaults.subscribe, replyDefaults.get);
  const version = useVersion();
  const chosen = models?.find(({ id }) => id === defaults.model) ?? models?.[0];
  useEffect(() => {
    document.title = `${messages.title} · ${app.name}`;
  }, [messages, app]);

  return (
    <div className="settings-page">
      <div className="settings-column">
        <h1>{messages.title}</h1>
        <section>
          <h2>{messages.appearance}</h2>
          <Appearance />
        </section>
        <section>
          <h2>{messages.presetsTitle}</h2>
          <OwnPresets />
        </section>
        <section>
          <h2>{messages.defaults}</h2>
          <p className="setting-about">{messages.defaultsAbout}</p>
          <div className="setting">
            <label htmlFor="default-model">{messages.model}</label>
            <select
              id="default-model"
              value={defaults.model ?? ''}
              onChange={({ target: { value } }) => {
                replyDefaults.set(merged(defaults, { model: value === '' ? null : value }));
              }}
            >
              <option value="">{messages.serverDefault}</option>
              {models?.map(({ id }) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
              {defaults.model !== undefined && models?.some(({ id }) => id === defaults.model) === false && (
                <option value={defaults.model}>
                  {defaults.model} ({messages.notServed})
                </option>
              )}
            </select>
          </div>
          <SettingsFields
            control={{
              settings: defaults,
              change: (change) => {
                replyDefaults.set(merged(replyDefaults.get(), change));
              },
              refused: null,
            }}
            contextTokens={chosen?.context_length}
          />
        </section>
        <section>
          <h2>{messages.localData}</h2>
          <LocalData />
        </section>
        {version !== null && <p className="setting-about">{messages.version(version)}</p>}
      </div>
    </div>
  );
}

/** The server's version, where it tells that to this reader. */
function useVersion(): string | null {
  const { data } = useQuery({
    queryKey: ['workers', 'version'],
    queryFn: () => requestJson<unknown>('/api/workers'),
    retry: false,
    staleTime: Infinity,
  });
  return stringOrNull(property(property(data, 'server'), 'version'));
}
