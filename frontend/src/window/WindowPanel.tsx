import type { WindowPolicy } from '../api/types';
import { useMessages } from '../i18n/useMessages';
import { PolicySelect } from '../settings/PolicySelect';
import type { SettingsControl } from '../settings/useConversationSettings';
import type { WindowBudget } from './budget';
import { BudgetBar } from './BudgetBar';
import { Recap } from './Recap';
import { useRecap, type WindowView } from './useWindow';
import { WindowFacts } from './WindowFacts';

interface WindowPanelProps {
  readonly view: WindowView & { readonly budget: WindowBudget };
  /** Tokens of what is written and not sent. */
  readonly draft: number;
  readonly control: SettingsControl;
}

/** What of the conversation goes to the model, what does not, and how that is decided. */
export function WindowPanel({ view, draft, control }: WindowPanelProps) {
  const { window: messages } = useMessages();
  const { budget, next, last, lastReply } = view;
  const cut = next?.cut_messages ?? last?.cut_messages ?? 0;
  const recalled = last?.recalled_messages ?? 0;
  const lastRecap = useRecap(next === null && last !== null && last.recap_tokens > 0 ? (lastReply?.id ?? null) : null);
  const recap = next === null ? lastRecap : next.recap;
  return (
    <div className="window-panel">
      <p className="panel-lead">{messages.lead}</p>
      <BudgetBar budget={budget} draft={draft} />
      <section>
        <PolicySelect
          value={control.settings.window ?? null}
          server={next?.policy ?? last?.policy ?? null}
          onChange={(window: WindowPolicy | null) => {
            control.change({ window });
          }}
        />
      </section>
      <section>
        <h3>{messages.leftOut}</h3>
        <p>{cut === 0 ? messages.nothingCut : messages.cut(cut)}</p>
        {recalled > 0 && <p>{messages.recalled(recalled)}</p>}
        {recap != null && recap !== '' && <Recap text={recap} />}
      </section>
      {(last !== null || next !== null) && <WindowFacts last={last} next={next} />}
    </div>
  );
}
