import { Link } from 'wouter';

import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';
import { replyDefaults } from '../preferences/replyDefaults';
import { Appearance } from './Appearance';
import { SettingsFields } from './SettingsFields';
import type { SettingsControl } from './useConversationSettings';

interface SettingsPanelProps {
  readonly control: SettingsControl;
  readonly contextTokens: number | undefined;
  /** Whether nothing has been said yet. */
  readonly fresh: boolean;
}

/** The settings of what is on the screen, and of the page itself. */
export function SettingsPanel({ control, contextTokens, fresh }: SettingsPanelProps) {
  const { settings: messages } = useMessages();
  const toast = useToast();
  return (
    <>
      <p className="panel-lead">{fresh ? messages.leadFresh : messages.lead}</p>
      <SettingsFields control={control} contextTokens={contextTokens} />
      <button
        type="button"
        className="plain"
        onClick={() => {
          replyDefaults.set(control.settings);
          toast({ text: messages.defaultsSaved });
        }}
      >
        {messages.useAsDefaults}
      </button>
      <hr />
      <div className="settings-fields">
        <Appearance />
        <Link href="/settings" className="panel-link">
          {messages.all}
        </Link>
      </div>
    </>
  );
}
