import { SlidersHorizontal } from 'lucide-react';

import type { Model } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { ModelPicker } from '../settings/ModelPicker';
import type { WindowBudget } from '../window/budget';
import { WindowMeter } from '../window/WindowMeter';
import { Title } from './Title';

/** What is shown beside the conversation. */
export type Panel = 'settings' | 'window';

interface ConversationHeaderProps {
  readonly title: string | null;
  readonly onRename: ((title: string | null) => void) | null;
  readonly models: readonly Model[] | undefined;
  readonly model: string | undefined;
  readonly onModel: (model: string) => void;
  readonly budget: WindowBudget | null;
  /** Tokens of what is written and not sent. */
  readonly draft: number;
  readonly panel: Panel | null;
  readonly onPanel: (panel: Panel | null) => void;
}

/** What stands above a conversation: its title, who replies, how full the window is. */
export function ConversationHeader({
  title,
  onRename,
  models,
  model,
  onModel,
  budget,
  draft,
  panel,
  onPanel,
}: ConversationHeaderProps) {
  const { settings } = useMessages();
  const toggle = (toggled: Panel): void => {
    onPanel(panel === toggled ? null : toggled);
  };
  return (
    <header className="conversation-header">
      <Title title={title} onRename={onRename} />
      <ModelPicker models={models} chosen={model} onChoose={onModel} />
      {budget !== null && (
        <WindowMeter
          budget={budget}
          draft={draft}
          open={panel === 'window'}
          onToggle={() => {
            toggle('window');
          }}
        />
      )}
      <button
        type="button"
        className="icon"
        aria-label={settings.open}
        aria-expanded={panel === 'settings'}
        title={settings.open}
        onClick={() => {
          toggle('settings');
        }}
      >
        <SlidersHorizontal aria-hidden="true" />
      </button>
    </header>
  );
}
