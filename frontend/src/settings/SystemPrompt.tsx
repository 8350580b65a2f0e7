import { useId, useState, useSyncExternalStore } from 'react';

import { useMessages } from '../i18n/useMessages';
import { presets } from '../preferences/presets';
import { SavePreset } from './SavePreset';

interface SystemPromptProps {
  /** Null is the model's own, an empty one is none. */
  readonly value: string | null;
  /** Why the server did not take it; null if it did. */
  readonly refused: string | null;
  readonly onChange: (value: string | null) => void;
}

type Kind = 'model' | 'none' | 'own';
const KINDS: readonly Kind[] = ['model', 'none', 'own'];

/** What the model is told before the conversation. */
export function SystemPrompt({ value, refused, onChange }: SystemPromptProps) {
  const { settings } = useMessages();
  const own = useSyncExternalStore(presets.subscribe, presets.get);
  const id = useId();
  // Who has chosen to write one has not written it yet.
  const [writing, setWriting] = useState(false);
  const kind: Kind = (value !== null && value !== '') || writing ? 'own' : value === null ? 'model' : 'none';
  const all = [...settings.presets, ...own];

  const choose = (chosen: Kind): void => {
    setWriting(chosen === 'own');
    if (chosen !== 'own') {
      onChange(chosen === 'model' ? null : '');
    }
  };

  return (
    <fieldset className="setting system-prompt">
      <legend>{settings.system}</legend>
      <div className="choices">
        {KINDS.map((each) => (
          <label key={each}>
            <input
              type="radio"
              name={id}
              checked={kind === each}
              onChange={() => {
                choose(each);
              }}
            />
            <span>{settings.systemKinds[each]}</span>
          </label>
        ))}
      </div>
      {kind === 'own' && (
        <>
          <select
            aria-label={settings.takePreset}
            value=""
            onChange={(event) => {
              const preset = all[Number(event.target.value)];
              if (preset !== undefined) {
                onChange(preset.text);
              }
            }}
          >
            <option value="">{settings.takePreset}</option>
            {all.map(({ name }, index) => (
              <option key={`${index}-${name}`} value={index}>
                {name}
              </option>
            ))}
          </select>
          <textarea
            aria-label={settings.system}
            rows={6}
            dir="auto"
            placeholder={settings.systemPlaceholder}
            aria-invalid={refused !== null}
            value={value ?? ''}
            onChange={(event) => {
              setWriting(true);
              onChange(event.target.value);
            }}
          />
          {value !== null && value.trim() !== '' && <SavePreset text={value} />}
        </>
      )}
      {refused !== null && (
        <p className="setting-error" role="alert">
          {refused}
        </p>
      )}
      <p className="setting-about">{settings.systemAbout[kind]}</p>
    </fieldset>
  );
}
