import { useMessages } from '../i18n/useMessages';
import { freeTokens, shares, usedTokens, type WindowBudget } from './budget';

/** The window as one bar, with the numbers. */
export function BudgetBar({ budget, draft }: { readonly budget: WindowBudget; readonly draft: number }) {
  const { window: messages } = useMessages();
  const parts = shares(budget, draft);
  const missing = -freeTokens(budget, draft);
  return (
    <div className="budget">
      <p className="budget-total">{messages.meter(usedTokens(budget, draft), budget.total)}</p>
      <div className="budget-bar" aria-hidden="true">
        {parts.map(({ name, part }) => part > 0 && <span key={name} className={name} style={{ flexGrow: part }} />)}
      </div>
      <dl className="budget-legend">
        {parts.map(({ name, tokens }) => (
          <div key={name} className={tokens === 0 ? 'nothing' : undefined}>
            <dt>
              <span className={`budget-key ${name}`} aria-hidden="true" />
              {messages.shares[name]}
            </dt>
            <dd>{messages.number(tokens)}</dd>
          </div>
        ))}
      </dl>
      {missing > 0 && <p className="budget-missing">{messages.missing(missing)}</p>}
    </div>
  );
}
