import { useMessages } from '../i18n/useMessages';
import { fitOf, freeTokens, type WindowBudget } from '../window/budget';
import type { SendBlock } from './sendBlock';
import { COUNTED_FROM, type DraftTokens } from './useDraftTokens';

interface ComposerHintProps {
  readonly block: SendBlock | null;
  readonly text: string;
  readonly tokens: DraftTokens | null;
  readonly budget: WindowBudget | null;
  readonly strict: boolean;
  readonly touch: boolean;
}

/** The line below the field: what the keys do or why nothing can be sent, and how long the draft is. */
export function ComposerHint({ block, text, tokens, budget, strict, touch }: ComposerHintProps) {
  const { composer: messages } = useMessages();
  const fit = tokens === null || budget === null ? 'fits' : fitOf(budget, tokens.tokens, strict);
  const left = tokens === null || budget === null ? null : freeTokens(budget, tokens.tokens);
  const warned = fit === 'too-long' || fit === 'refused';
  const counted = text.length > COUNTED_FROM;
  return (
    <div className="composer-hint">
      <div id="composer-hint">
        {warned && tokens !== null && budget !== null ? (
          <p className="composer-warning" role="status">
            {fit === 'too-long'
              ? messages.tooLong(tokens.tokens, budget.total, tokens.estimated)
              : messages.refused(budget.total)}
          </p>
        ) : block !== null && block.kind !== 'replying' ? (
          <p className="composer-block">
            {messages.block(block)}
          </p>
        ) : (
          !touch && !(counted && block === null) && <p>{block === null ? messages.keysHint : messages.stopHint}</p>
        )}
      </div>
      {counted && (
        <p className="composer-count">
          {messages.characters(text.length)}
          {tokens !== null && ` · ${messages.tokens(tokens.tokens, tokens.estimated)}`}
          {left !== null && !warned && ` · ${left < 0 ? messages.cuts : messages.left(left)}`}
        </p>
      )}
    </div>
  );
}
