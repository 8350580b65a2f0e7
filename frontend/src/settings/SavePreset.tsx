import { useState, type SubmitEvent } from 'react';

import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';
import { MAX_PRESET_NAME, savePreset } from '../preferences/presets';

/** Saves a system prompt under a name, in place of one that has it already. */
export function SavePreset({ text }: { readonly text: string }) {
  const { settings } = useMessages();
  const toast = useToast();
  const [name, setName] = useState('');

  const onSubmit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const saved = name.trim();
    if (saved !== '') {
      savePreset({ name: saved, text });
      setName('');
      toast({ text: settings.presetSaved(saved) });
    }
  };

  return (
    <form className="setting-line" onSubmit={onSubmit}>
      <input
        className="wide"
        aria-label={settings.presetName}
        placeholder={settings.presetName}
        autoComplete="off"
        dir="auto"
        maxLength={MAX_PRESET_NAME}
        value={name}
        onChange={(event) => {
          setName(event.target.value);
        }}
      />
      <button type="submit" className="plain" disabled={name.trim() === ''}>
        {settings.savePreset}
      </button>
    </form>
  );
}
