import { SlidersHorizontal } from 'lucide-react';
import { useId, useState } from 'react';

import type { Model } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { ProblemNotice } from '../transcript/ProblemNotice';
import { Transcript } from '../transcript/Transcript';
import { SideSettingsFields } from './SideSettingsFields';
import type { Side } from './useSide';

interface CompareSideProps {
  readonly name: string;
  readonly side: Side;
  readonly models: readonly Model[];
  /** Says again what the server did not take. */
  readonly onSend: (text: string) => void;
  readonly onCarryOn: () => void;
}

/** One of the two conversations: who replies and how, what was said, and the button to stay with it. */
export function CompareSide({ name, side, models, onSend, onCarryOn }: CompareSideProps) {
  const { compare } = useMessages();
  const { session, state, settings } = side;
  const empty = state.id === null && state.messages.length === 0;
  // Settings come first as long as there is nothing to read.
  const [opened, setOpened] = useState<boolean | null>(null);
  const open = opened ?? empty;
  const fields = useId();
  const unsent = state.live === null ? (state.problem?.unsent ?? null) : null;
  return (
    <>
      <header className="side-header">
        <h2>
          {name} <span dir="auto">{compare.summary(settings.model ?? '', settings.temperature, settings.window)}</span>
        </h2>
        <button
          type="button"
          className="icon"
          aria-expanded={open}
          aria-controls={fields}
          aria-label={compare.settingsOf(name)}
          title={compare.settingsOf(name)}
          onClick={() => {
            setOpened(!open);
          }}
        >
          <SlidersHorizontal aria-hidden="true" />
        </button>
      </header>
      <div id={fields} hidden={!open}>
        <SideSettingsFields settings={settings} models={models} disabled={state.live !== null} onChange={side.change} />
      </div>
      {empty ? (
        <div>
          <ProblemNotice session={session} problem={state.problem} />
        </div>
      ) : (
        <Transcript session={session} state={state} />
      )}
      <footer className="side-footer">
        {unsent !== null && (
          <button
            type="button"
            className="plain"
            onClick={() => {
              onSend(unsent);
            }}
          >
            {compare.sendAgain}
          </button>
        )}
        {state.id !== null && (
          <button type="button" className="plain" onClick={onCarryOn}>
            {compare.carryOn(name)}
          </button>
        )}
      </footer>
    </>
  );
}
