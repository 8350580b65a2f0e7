import { failureOfError, RequestFailed } from './failure';
import { arrayOrEmpty, numberOrNull, property, stringOrNull } from './json';

/** What one event of a streamed chat completion says. */
export interface Chunk {
  readonly text: string;
  readonly finishReason: string | null;
  readonly completionTokens: number | null;
}

/**
 * Reads the data of one event.
 *
 * @throws RequestFailed when it reports an error, or is no JSON
 */
export function parseChunk(data: string): Chunk {
  const json = parseJson(data);
  const error = property(json, 'error');
  if (error !== undefined && error !== null) {
    throw new RequestFailed(failureOfError(error));
  }
  // The last chunk carries the usage and no choice.
  const choice = arrayOrEmpty(property(json, 'choices'))[0];
  return {
    text: stringOrNull(property(property(choice, 'delta'), 'content')) ?? '',
    finishReason: stringOrNull(property(choice, 'finish_reason')),
    completionTokens: numberOrNull(property(property(json, 'usage'), 'completion_tokens')),
  };
}

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    throw new RequestFailed({ kind: 'refused', message: null });
  }
}
