import { ChevronDown } from 'lucide-react';
import { useId } from 'react';

import type { Model } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { ModelDetails } from './ModelDetails';
import { ModelList } from './ModelList';
import { usePopover } from './usePopover';
import './models.css';

interface ModelPickerProps {
  /** Undefined until they are known. */
  readonly models: readonly Model[] | undefined;
  /** The name of the chosen one, which may be served no longer. */
  readonly chosen: string | undefined;
  readonly onChoose: (model: string) => void;
}

/** Who replies: a list to choose from, or where there is no choice, what the one model is. */
export function ModelPicker({ models = [], chosen, onChoose }: ModelPickerProps) {
  const { settings } = useMessages();
  const { open, setOpen, leave, frame, opener, onKeyDown } = usePopover();
  const popover = useId();
  const model = models.find(({ id }) => id === chosen);
  if (chosen === undefined) {
    return null;
  }
  const only = model !== undefined && models.length === 1;
  return (
    <div ref={frame} className="model-picker" onKeyDown={onKeyDown}>
      <button
        ref={opener}
        type="button"
        className="model-button"
        aria-haspopup={only ? 'dialog' : 'listbox'}
        aria-expanded={open}
        aria-controls={open ? popover : undefined}
        title={chosen}
        onClick={() => {
          setOpen(!open);
        }}
      >
        <span className="visually-hidden">{settings.model}: </span>
        <span className={`model-dot ${model?.state ?? 'failed'}`} aria-hidden="true" />
        <span className="model-name">{chosen}</span>
        {model?.state !== 'ready' && (
          <span className="model-state">{model === undefined ? settings.notServed : settings.modelState(model)}</span>
        )}
        <ChevronDown aria-hidden="true" />
      </button>
      {open &&
        (only ? (
          <div id={popover} className="model-popover" role="dialog" aria-label={settings.model}>
            <p className="model-title">{model.id}</p>
            <ModelDetails model={model} />
          </div>
        ) : (
          <ModelList
            id={popover}
            models={models}
            chosen={chosen}
            onChoose={(name) => {
              leave();
              if (name !== chosen) {
                onChoose(name);
              }
            }}
          />
        ))}
    </div>
  );
}
