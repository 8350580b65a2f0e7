import type { NextWindow, WindowReport } from '../api/types';
import { useMessages } from '../i18n/useMessages';

type Fact = 'prompt_tokens' | 'reserved_tokens' | 'kept_messages' | 'cut_messages' | 'recap_tokens' | 'recalled_messages' | 'truncated_tokens';

const FACTS: readonly Fact[] = [
  'prompt_tokens',
  'reserved_tokens',
  'kept_messages',
  'cut_messages',
  'recap_tokens',
  'recalled_messages',
  'truncated_tokens',
];

interface WindowFactsProps {
  readonly last: WindowReport | null;
  readonly next: NextWindow | null;
}

/** What the last reply was given beside what the next one will be. Lines that say nothing are left out. */
export function WindowFacts({ last, next }: WindowFactsProps) {
  const { window: messages } = useMessages();
  const given = (fact: Fact): number | null => last?.[fact] ?? null;
  const planned = (fact: Fact): number | null =>
    next === null || fact === 'recalled_messages' || fact === 'truncated_tokens' ? null : next[fact];
  const told = FACTS.filter((fact) => (given(fact) ?? 0) > 0 || (planned(fact) ?? 0) > 0);
  const shown = (value: number | null): string => (value === null ? '–' : messages.number(value));
  return (
    <table className="window-facts">
      <thead>
        <tr>
          <td />
          {last !== null && <th scope="col">{messages.last}</th>}
          {next !== null && <th scope="col">{messages.next}</th>}
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{messages.policy}</th>
          {last !== null && <td>{messages.policies[last.policy].name}</td>}
          {next !== null && <td>{messages.policies[next.policy].name}</td>}
        </tr>
        {told.map((fact) => (
          <tr key={fact}>
            <th scope="row">{messages.facts[fact]}</th>
            {last !== null && <td>{shown(given(fact))}</td>}
            {next !== null && <td>{shown(planned(fact))}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
