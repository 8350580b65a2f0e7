import { useMessages } from '../i18n/useMessages';
import { fullness, NEARLY_FULL, usedTokens, type WindowBudget } from './budget';
import './window.css';

interface WindowMeterProps {
  readonly budget: WindowBudget;
  /** Tokens of what is written and not sent. */
  readonly draft: number;
  readonly open: boolean;
  readonly onToggle: () => void;
}

/** How full the context window is; opens what is in it. */
export function WindowMeter({ budget, draft, open, onToggle }: WindowMeterProps) {
  const { window: messages } = useMessages();
  const part = fullness(budget, draft);
  const label = messages.meter(usedTokens(budget, draft), budget.total);
  return (
    <button
      type="button"
      className={part > NEARLY_FULL ? 'window-meter nearly-full' : 'window-meter'}
      aria-label={`${label} ${messages.show}`}
      aria-expanded={open}
      title={label}
      onClick={onToggle}
    >
      <span className="window-meter-bar" aria-hidden="true">
        <span style={{ inlineSize: `${part * 100}%` }} />
      </span>
      <span aria-hidden="true">{messages.percent(part)}</span>
    </button>
  );
}
