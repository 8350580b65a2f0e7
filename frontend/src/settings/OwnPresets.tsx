import { Trash2 } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';

import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';
import { changePreset, deletePreset, MAX_PRESET_NAME, presets, savePreset, type Preset } from '../preferences/presets';
import { SavePreset } from './SavePreset';

/** The reader's own system prompts: renamed, rewritten, deleted, and new ones. */
export function OwnPresets() {
  const { settings } = useMessages();
  const own = useSyncExternalStore(presets.subscribe, presets.get);
  const [text, setText] = useState('');
  return (
    <div className="settings-fields">
      {own.length === 0 && <p className="setting-about">{settings.noPresets}</p>}
      {own.map((preset) => (
        <PresetFields key={preset.name} preset={preset} />
      ))}
      <div className="setting">
        <textarea
          aria-label={settings.newPreset}
          placeholder={settings.newPreset}
          rows={2}
          dir="auto"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
          }}
        />
        {text.trim() !== '' && <SavePreset key={own.length} text={text} />}
      </div>
    </div>
  );
}

/** One of them. What is typed holds when its field is left. */
function PresetFields({ preset }: { readonly preset: Preset }) {
  const { app, settings } = useMessages();
  const toast = useToast();
  const [name, setName] = useState(preset.name);
  const [text, setText] = useState(preset.text);
  const taken = name.trim() !== preset.name && presets.get().some((other) => other.name === name.trim());

  const keep = (): void => {
    if (name.trim() === '' || taken) {
      setName(preset.name);
    } else if (name.trim() !== preset.name || text !== preset.text) {
      changePreset(preset.name, { name: name.trim(), text });
    }
  };
  const remove = (): void => {
    deletePreset(preset.name);
    toast({
      text: settings.presetDeleted(preset.name),
      action: {
        label: app.undo,
        run: () => {
          savePreset(preset);
        },
      },
    });
  };

  return (
    <div className="setting">
      <div className="setting-line">
        <input
          className="wide"
          aria-label={settings.presetName}
          aria-invalid={taken}
          maxLength={MAX_PRESET_NAME}
          dir="auto"
          value={name}
          onChange={(event) => {
            setName(event.target.value);
          }}
          onBlur={keep}
        />
        <button
          type="button"
          className="icon"
          aria-label={settings.remove(preset.name)}
          title={settings.remove(preset.name)}
          onClick={remove}
        >
          <Trash2 aria-hidden="true" />
        </button>
      </div>
      {taken && (
        <p className="setting-error" role="alert">
          {settings.presetTaken}
        </p>
      )}
      <textarea
        aria-label={settings.presetText(preset.name)}
        rows={3}
        dir="auto"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onBlur={keep}
      />
    </div>
  );
}
