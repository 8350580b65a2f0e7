import { useEffect, useRef, useState, type KeyboardEvent } from 'react';

import type { Model } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { ModelDetails } from './ModelDetails';

interface ModelListProps {
  readonly id: string;
  readonly models: readonly Model[];
  readonly chosen: string;
  readonly onChoose: (model: string) => void;
}

/** How long letters that are typed belong together. */
const TYPING_MILLIS = 700;

/** The models as a listbox. One that has failed is told about but cannot be chosen. */
export function ModelList({ id, models, chosen, onChoose }: ModelListProps) {
  const { settings } = useMessages();
  const [active, setActive] = useState(() => Math.max(0, models.findIndex((model) => model.id === chosen)));
  const list = useRef<HTMLUListElement>(null);
  const typed = useRef({ text: '', at: 0 });
  const optionId = (index: number): string => `${id}-${index}`;

  useEffect(() => {
    list.current?.focus();
  }, []);
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  const choose = (model: Model | undefined): void => {
    if (model !== undefined && model.state !== 'failed') {
      onChoose(model.id);
    }
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = moved(event.key, active, models.length);
    if (to !== null) {
      event.preventDefault();
      setActive(to);
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      choose(models[active]);
    } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey) {
      const { text, at } = typed.current;
      const now = event.timeStamp;
      const search = (now - at < TYPING_MILLIS ? text : '') + event.key.toLowerCase();
      typed.current = { text: search, at: now };
      const found = models.findIndex((model) => model.id.toLowerCase().startsWith(search));
      if (found >= 0) {
        setActive(found);
      }
    }
  };

  return (
    <ul
      ref={list}
      id={id}
      className="model-popover"
      role="listbox"
      aria-label={settings.model}
      aria-activedescendant={optionId(active)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {models.map((model, index) => (
        <li
          key={model.id}
          id={optionId(index)}
          role="option"
          aria-selected={model.id === chosen}
          aria-disabled={model.state === 'failed'}
          className={index === active ? 'model-option active' : 'model-option'}
          onClick={() => {
            choose(model);
          }}
          onPointerMove={() => {
            setActive(index);
          }}
        >
          <span className="model-title">
            <span className={`model-dot ${model.state}`} aria-hidden="true" />
            {model.id}
          </span>
          <ModelDetails model={model} />
        </li>
      ))}
    </ul>
  );
}

/** Where a key leads to; null for one that leads nowhere. */
function moved(key: string, active: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(active + 1, count - 1);
    case 'ArrowUp':
      return Math.max(active - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
