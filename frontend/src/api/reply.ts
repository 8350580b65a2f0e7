import { parseChunk } from './chunk';
import { failureOf, RequestFailed } from './failure';
import { pause } from './pause';
import { request } from './request';
import { readServerSentEvents } from './sse';
import { Stopwatch, type Statistics } from './stopwatch';

/** The API's own default is 1, at which small models lose the thread; FastChat's chat uses this, too. */
const TEMPERATURE = 0.7;

/** One message of a conversation, as the API takes it. */
export interface ApiMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string;
}

/** What happens while a reply is generated. */
export type StreamEvent =
  /** The model is not ready; it is asked again after this time. */
  | { readonly type: 'postponed'; readonly seconds: number }
  /** Some more text of the reply. */
  | { readonly type: 'text'; readonly text: string }
  /** The reply is complete. */
  | { readonly type: 'finished'; readonly finishReason: string; readonly statistics: Statistics | null };

/**
 * Has the model reply to these messages. Asks again by itself for as long as the server says that the model is not
 * ready yet, and ends early when the signal is aborted.
 *
 * @throws RequestFailed when there is no reply, or only a part of one
 */
export async function* streamReply(
  model: string,
  messages: readonly ApiMessage[],
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void, undefined> {
  while (!signal.aborted) {
    try {
      const response = await open(model, messages, signal);
      yield* readReply(response);
      return;
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'not-ready') {
        throw error;
      }
      yield { type: 'postponed', seconds: failure.retryAfterSeconds };
      await pause(failure.retryAfterSeconds, signal);
    }
  }
}

function open(model: string, messages: readonly ApiMessage[], signal: AbortSignal): Promise<Response> {
  return request('/v1/chat/completions', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      model,
      messages,
      temperature: TEMPERATURE,
      stream: true,
      stream_options: { include_usage: true },
    }),
    signal,
  });
}

/** Reads the events of a reply up to `[DONE]`. */
async function* readReply(response: Response): AsyncGenerator<StreamEvent, void, undefined> {
  const stopwatch = new Stopwatch();
  let finishReason: string | null = null;
  let completionTokens: number | null = null;
  for await (const data of dataOf(response)) {
    if (data === '[DONE]') {
      break;
    }
    const chunk = parseChunk(data);
    finishReason = chunk.finishReason ?? finishReason;
    completionTokens = chunk.completionTokens ?? completionTokens;
    if (chunk.text !== '') {
      stopwatch.textArrived();
      yield { type: 'text', text: chunk.text };
    }
  }
  // A proxy that gives up ends the stream in good order, so only a finish reason tells that the reply is whole.
  if (finishReason === null) {
    throw new RequestFailed({ kind: 'connection-lost' });
  }
  const statistics = completionTokens === null ? null : stopwatch.statistics(completionTokens);
  yield { type: 'finished', finishReason, statistics };
}

/** The events' data; a connection that breaks is told apart from an error that the server reports. */
async function* dataOf(response: Response): AsyncGenerator<string, void, undefined> {
  if (response.body === null) {
    return;
  }
  try {
    yield* readServerSentEvents(response.body);
  } catch {
    throw new RequestFailed({ kind: 'connection-lost' });
  }
}
