import { useId, useState } from 'react';

import { WINDOW_POLICIES, type Model, type WindowPolicy } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { temperatureOf, type SideSettings } from './pair';

interface SideSettingsFieldsProps {
  readonly settings: SideSettings;
  readonly models: readonly Model[];
  readonly disabled: boolean;
  readonly onChange: (change: Partial<SideSettings>) => void;
}

/** The few settings that make two replies differ. Texts take effect when their field is left. */
export function SideSettingsFields({ settings, models, disabled, onChange }: SideSettingsFieldsProps) {
  const { compare } = useMessages();
  return (
    <fieldset className="side-settings" disabled={disabled}>
      <legend className="visually-hidden">{compare.settings}</legend>
      <label>
        {compare.model}
        <select
          value={settings.model ?? ''}
          onChange={(event) => {
            onChange({ model: event.target.value });
          }}
        >
          {models.map(({ id }) => (
            <option key={id}>{id}</option>
          ))}
          {models.every(({ id }) => id !== settings.model) && <option>{settings.model ?? ''}</option>}
        </select>
      </label>
      <TemperatureField
        key={settings.temperature}
        value={settings.temperature}
        onChange={(temperature) => {
          onChange({ temperature });
        }}
      />
      <label>
        {compare.window}
        <select
          value={settings.window ?? ''}
          onChange={(event) => {
            onChange({ window: event.target.value === '' ? null : (event.target.value as WindowPolicy) });
          }}
        >
          <option value="">{compare.serverDefault}</option>
          {WINDOW_POLICIES.map((policy) => (
            <option key={policy}>{policy}</option>
          ))}
        </select>
      </label>
      <label className="side-system">
        {compare.system}
        <textarea
          key={settings.system}
          rows={2}
          dir="auto"
          defaultValue={settings.system ?? ''}
          placeholder={compare.modelDefault}
          onBlur={(event) => {
            const system = event.target.value.trim() === '' ? null : event.target.value;
            if (system !== settings.system) {
              onChange({ system });
            }
          }}
        />
      </label>
    </fieldset>
  );
}

interface TemperatureFieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
}

function TemperatureField({ value, onChange }: TemperatureFieldProps) {
  const { compare } = useMessages();
  const [text, setText] = useState(value === null ? '' : String(value));
  const problem = useId();
  const wrong = temperatureOf(text) === undefined;
  return (
    <label>
      {compare.temperature}
      <input
        inputMode="decimal"
        value={text}
        placeholder={compare.serverDefault}
        aria-invalid={wrong}
        aria-describedby={wrong ? problem : undefined}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onBlur={() => {
          const typed = temperatureOf(text);
          if (typed !== undefined && typed !== value) {
            onChange(typed);
          }
        }}
      />
      {wrong && (
        <span id={problem} className="wrong">
          {compare.temperatureRange}
        </span>
      )}
    </label>
  );
}
