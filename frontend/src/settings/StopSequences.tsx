import { X } from 'lucide-react';
import { useId, useRef, useState } from 'react';

import { useMessages } from '../i18n/useMessages';
import { escaped, isStopSequence, MAX_STOP_CHARACTERS, MAX_STOP_SEQUENCES, unescaped } from './stopSequences';

interface StopSequencesProps {
  readonly value: readonly string[];
  /** Why the server did not take them; null if it did. */
  readonly refused: string | null;
  readonly onChange: (value: readonly string[]) => void;
}

/** Texts that end a reply: a list to which one is added by Enter. */
export function StopSequences({ value, refused, onChange }: StopSequencesProps) {
  const { settings } = useMessages();
  const id = useId();
  const [typed, setTyped] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const sequence = unescaped(typed);
  const full = value.length >= MAX_STOP_SEQUENCES;
  const error = sequence.length > MAX_STOP_CHARACTERS ? settings.stopTooLong(MAX_STOP_CHARACTERS) : refused;

  const add = (): void => {
    if (isStopSequence(sequence) && !full) {
      setTyped('');
      if (!value.includes(sequence)) {
        onChange([...value, sequence]);
      }
    }
  };

  return (
    <div className="setting">
      <label htmlFor={id}>{settings.stop.name}</label>
      {value.length > 0 && (
        <ul className="stop-sequences">
          {value.map((each) => (
            <li key={each}>
              <code dir="auto">{escaped(each)}</code>
              <button
                type="button"
                className="icon small"
                aria-label={settings.remove(escaped(each))}
                title={settings.remove(escaped(each))}
                onClick={() => {
                  onChange(value.filter((other) => other !== each));
                  field.current?.focus();
                }}
              >
                <X aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="setting-line">
        <input
          ref={field}
          id={id}
          className="wide"
          autoComplete="off"
          dir="auto"
          disabled={full}
          placeholder={full ? settings.stopFull(MAX_STOP_SEQUENCES) : settings.stop.placeholder}
          aria-invalid={error !== null}
          aria-describedby={error === null ? `${id}-about` : `${id}-error ${id}-about`}
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
              event.preventDefault();
              add();
            }
          }}
        />
        <button type="button" className="plain" disabled={!isStopSequence(sequence) || full} onClick={add}>
          {settings.add}
        </button>
      </div>
      {error !== null && (
        <p id={`${id}-error`} className="setting-error" role="alert">
          {error}
        </p>
      )}
      <p id={`${id}-about`} className="setting-about">
        {settings.stop.about}
      </p>
    </div>
  );
}
