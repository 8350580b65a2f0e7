import type { Message, ReplyFacts } from '../api/types';
import { useMessages } from '../i18n/useMessages';

/** What a reply has cost: tokens and times. */
export function Details({ facts, feedback }: { readonly facts: ReplyFacts; readonly feedback: Message['feedback'] }) {
  const { transcript } = useMessages();
  const { usage, timings } = facts;
  const rows: (readonly [string, string | null])[] = [
    [transcript.facts.model, facts.model],
    [transcript.facts.completion, usage && completion(usage.completion_tokens, timings?.decode_millis ?? 0)],
    [
      transcript.facts.prompt,
      usage && transcript.tokensCached(usage.prompt_tokens, usage.prompt_tokens_details?.cached_tokens ?? 0),
    ],
    [transcript.facts.firstToken, millis(facts.time_to_first_token_millis)],
    [transcript.facts.queue, millis(timings?.queue_millis)],
    [transcript.facts.prefill, millis(timings?.prefill_millis)],
    [transcript.facts.decode, millis(timings?.decode_millis)],
    [transcript.facts.feedback, feedback?.reason ?? null],
  ];

  function completion(tokens: number, decodeMillis: number): string {
    return decodeMillis > 0 && tokens > 0
      ? transcript.tokensAtRate(tokens, (tokens * 1000) / decodeMillis)
      : transcript.tokens(tokens);
  }

  function millis(value: number | null | undefined): string | null {
    return value === null || value === undefined ? null : transcript.millis(value);
  }

  return (
    <dl className="details">
      {rows.map(
        ([name, value]) =>
          value !== null &&
          value !== '' && (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
