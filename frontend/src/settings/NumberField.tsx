import { RotateCcw } from 'lucide-react';
import { useId, useState } from 'react';

import { useMessages } from '../i18n/useMessages';
import { parseTyped, type Parameter } from './parameters';

interface NumberFieldProps {
  readonly parameter: Parameter;
  /** Null leaves it to the server. */
  readonly value: number | null;
  /** Why the server did not take it; null if it did. */
  readonly refused: string | null;
  readonly onChange: (value: number | null) => void;
}

/** One parameter: typed or slid, or left to the server. */
export function NumberField({ parameter, value, refused, onChange }: NumberFieldProps) {
  const { settings } = useMessages();
  const { name, usual, slider, step } = parameter;
  const id = useId();
  // What is typed is shown as it is until the field is left, be it a number or not yet.
  const [typed, setTyped] = useState<string | null>(null);
  const [seen, setSeen] = useState(refused);
  if (seen !== refused) {
    setSeen(refused);
    if (refused !== null) {
      setTyped(null);
    }
  }
  const read = typed === null ? null : parseTyped(typed, parameter);
  const wrong =
    read === null || read.kind === 'number' || read.kind === 'empty' ? null : settings.wrongNumber(read.kind, parameter);
  const error = wrong ?? refused;
  const text = settings.parameters[name];

  const onType = (written: string): void => {
    setTyped(written);
    const now = parseTyped(written, parameter);
    if (now.kind === 'empty' || now.kind === 'number') {
      onChange(now.kind === 'number' ? now.value : null);
    }
  };

  return (
    <div className="setting">
      <div className="setting-line">
        <label htmlFor={id}>{text.name}</label>
        {value !== null && (
          <button
            type="button"
            className="icon small"
            aria-label={settings.reset(text.name)}
            title={settings.reset(text.name)}
            onClick={() => {
              setTyped(null);
              onChange(null);
            }}
          >
            <RotateCcw aria-hidden="true" />
          </button>
        )}
        <input
          id={id}
          className="number"
          inputMode={step === 1 && parameter.min >= 0 ? 'numeric' : 'text'}
          autoComplete="off"
          aria-invalid={error !== null}
          aria-describedby={error === null ? `${id}-about` : `${id}-error ${id}-about`}
          placeholder={usual === null ? text.usual : String(usual)}
          value={typed ?? value ?? ''}
          onChange={(event) => {
            onType(event.target.value);
          }}
          onBlur={() => {
            setTyped(null);
          }}
        />
      </div>
      {slider !== undefined && (
        <input
          type="range"
          className={value === null ? 'usual' : undefined}
          aria-label={settings.slider(text.name)}
          aria-valuetext={value === null ? settings.usual(usual === null ? text.usual : String(usual)) : String(value)}
          min={slider[0]}
          max={slider[1]}
          step={step}
          value={value ?? usual ?? slider[1]}
          onChange={(event) => {
            setTyped(null);
            onChange(Number(event.target.value));
          }}
        />
      )}
      {error !== null && (
        <p id={`${id}-error`} className="setting-error" role="alert">
          {error}
        </p>
      )}
      <p id={`${id}-about`} className="setting-about">
        {text.about}
      </p>
    </div>
  );
}
