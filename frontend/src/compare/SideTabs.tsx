import { useRef, type KeyboardEvent } from 'react';

import { useMessages } from '../i18n/useMessages';

interface SideTabsProps {
  /** Their names, in order. */
  readonly names: readonly [string, string];
  readonly shown: number;
  readonly onShow: (index: number) => void;
}

/** The id of a side's tab, and of what it shows. */
export function tabId(index: number): string {
  return `side-tab-${index}`;
}

export function panelId(index: number): string {
  return `side-${index}`;
}

/** Which side is shown where there is no room for both. */
export function SideTabs({ names, shown, onShow }: SideTabsProps) {
  const { compare } = useMessages();
  const tabs = useRef<HTMLDivElement>(null);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') {
      const other = 1 - shown;
      onShow(other);
      tabs.current?.querySelectorAll('button')[other]?.focus();
    }
  };
  return (
    <div ref={tabs} className="side-tabs" role="tablist" aria-label={compare.sides} onKeyDown={onKeyDown}>
      {names.map((name, index) => (
        <button
          key={name}
          type="button"
          role="tab"
          id={tabId(index)}
          aria-controls={panelId(index)}
          aria-selected={index === shown}
          tabIndex={index === shown ? 0 : -1}
          onClick={() => {
            onShow(index);
          }}
        >
          {name}
        </button>
      ))}
    </div>
  );
}
