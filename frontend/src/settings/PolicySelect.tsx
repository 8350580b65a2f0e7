import { useId } from 'react';

import { WINDOW_POLICIES, type WindowPolicy } from '../api/types';
import { useMessages } from '../i18n/useMessages';

interface PolicySelectProps {
  /** Null leaves it to the server. */
  readonly value: WindowPolicy | null;
  /** What the server does then, if that is known. */
  readonly server: WindowPolicy | null;
  readonly onChange: (policy: WindowPolicy | null) => void;
}

/** What is done when the context window is full, with a sentence on what that means. */
export function PolicySelect({ value, server, onChange }: PolicySelectProps) {
  const { settings, window: messages } = useMessages();
  const id = useId();
  const meant = value ?? server;
  return (
    <div className="setting">
      <label htmlFor={id}>{messages.whenFull}</label>
      <select
        id={id}
        aria-describedby={`${id}-about`}
        value={value ?? ''}
        onChange={(event) => {
          onChange(WINDOW_POLICIES.find((policy) => policy === event.target.value) ?? null);
        }}
      >
        <option value="">{settings.serverDefault}</option>
        {WINDOW_POLICIES.map((policy) => (
          <option key={policy} value={policy}>
            {messages.policies[policy].name}
          </option>
        ))}
      </select>
      <p id={`${id}-about`} className="setting-about">
        {meant === null ? messages.serverDecides : messages.policies[meant].about}
      </p>
    </div>
  );
}
