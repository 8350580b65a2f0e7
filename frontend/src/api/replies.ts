import { EventSourceParserStream, type EventSourceMessage } from 'eventsource-parser/stream';

import { failureOf, failureOfError, RequestFailed, type Failure } from './failure';
import { numberOrNull, property, stringOrNull } from './json';
import { isAborted, pause } from './pause';
import { request, withJson } from './request';
import type { FinishReason, MessageStatus, ReplyParameters, Timings, ToolCall, Usage, WindowReport } from './types';

/** What is asked for with a reply. */
export interface ReplyRequest extends ReplyParameters {
  readonly model?: string;
  readonly truncate?: boolean;
}

/** What happens while a reply is written. */
export type ReplyEvent =
  | {
      readonly type: 'queued';
      readonly conversationId: string | null;
      readonly messageId: string | null;
      readonly replyId: string | null;
      /** How many requests are before it, once that is known. */
      readonly position: number | null;
    }
  | { readonly type: 'window'; readonly window: WindowReport }
  | { readonly type: 'prefill'; readonly processed: number; readonly total: number; readonly cached: number }
  | { readonly type: 'delta'; readonly content: string }
  | { readonly type: 'tool-call'; readonly call: ToolCall }
  | { readonly type: 'usage'; readonly usage: Usage; readonly timings: Timings | null }
  | { readonly type: 'done'; readonly status: MessageStatus; readonly finishReason: FinishReason | null }
  | { readonly type: 'error'; readonly code: string; readonly message: string }
  /** The connection broke; it is made again after this time. */
  | { readonly type: 'reconnecting'; readonly failure: Failure; readonly seconds: number };

/** Says something; the answer is the stream of the reply's events. */
export function say(
  conversationId: string,
  body: ReplyRequest & { readonly content: string; readonly parent_id?: string },
  signal: AbortSignal,
): Promise<Response> {
  return post(`/api/conversations/${encodeURIComponent(conversationId)}/messages`, body, signal);
}

/** Says something in place of a message. */
export function edit(
  messageId: string,
  body: ReplyRequest & { readonly content: string },
  signal: AbortSignal,
): Promise<Response> {
  return post(`/api/messages/${encodeURIComponent(messageId)}/edit`, body, signal);
}

/** Has another reply written beside one, or one to a message that has none. */
export function regenerate(messageId: string, body: ReplyRequest, signal: AbortSignal): Promise<Response> {
  return post(`/api/messages/${encodeURIComponent(messageId)}/regenerate`, body, signal);
}

/** Goes on with a reply that has ended early. */
export function continueReply(replyId: string, signal: AbortSignal): Promise<Response> {
  return post(`/api/replies/${encodeURIComponent(replyId)}/continue`, {}, signal);
}

/** Ends a reply; it keeps what it has. */
export async function stopReply(replyId: string): Promise<void> {
  await request(`/api/replies/${encodeURIComponent(replyId)}/stop`, { method: 'POST' });
}

/** The events of a reply from a place on, which is the id of an event. */
export function openEvents(replyId: string, after: string, signal: AbortSignal): Promise<Response> {
  return request(`/api/replies/${encodeURIComponent(replyId)}/events`, { headers: { 'Last-Event-ID': after }, signal });
}

/** The place at which a reader knows this many characters of the text, and nothing else yet. */
export function placeAfter(characters: number): string {
  return `0-${characters}`;
}

function post(path: string, body: unknown, signal: AbortSignal): Promise<Response> {
  return request(path, { ...withJson('POST', body), signal });
}

const FIRST_PAUSE_SECONDS = 0.5;
const LONGEST_PAUSE_SECONDS = 8;

/**
 * Reads the events of a reply to its end. A connection that breaks is made anew, however often, at the place where it broke: the
 * server goes on writing in the meantime. Ends early when the signal is aborted, and without a last event where the server has
 * nothing more to tell.
 *
 * @param replyId the reply, if it is known before the first event
 * @throws RequestFailed when the server refuses, or the connection breaks before it is known which reply it is
 */
export async function* readReply(
  opened: Response,
  replyId: string | null,
  signal: AbortSignal,
): AsyncGenerator<ReplyEvent, void, undefined> {
  let response: Response | null = opened;
  let reply = replyId;
  let place = placeAfter(0);
  let seconds = FIRST_PAUSE_SECONDS;
  for (;;) {
    if (response !== null) {
      for await (const message of messagesOf(response)) {
        const event = parseEvent(message);
        if (event === null) {
          continue;
        }
        seconds = FIRST_PAUSE_SECONDS;
        place = message.id ?? place;
        if (event.type === 'queued') {
          reply = event.replyId ?? reply;
        }
        yield event;
        if (event.type === 'done' || event.type === 'error') {
          return;
        }
      }
    }
    if (isAborted(signal)) {
      return;
    }
    if (reply === null) {
      throw new RequestFailed({ kind: 'connection-lost' });
    }
    try {
      response = await openEvents(reply, place, signal);
      if (response.status === 204) {
        return;
      }
      continue;
    } catch (error) {
      const failure = failureOf(error);
      if (isAborted(signal)) {
        return;
      }
      if (!isPassing(failure)) {
        throw error;
      }
      response = null;
      yield { type: 'reconnecting', failure, seconds };
    }
    await pause(seconds, signal);
    seconds = Math.min(seconds * 2, LONGEST_PAUSE_SECONDS);
  }
}

/** Whether the same request may well succeed later. */
export function isPassing(failure: Failure): boolean {
  return ['offline', 'unreachable', 'not-ready', 'busy', 'connection-lost'].includes(failure.kind);
}

/** The events that arrive before the connection ends, in whatever way it does. */
async function* messagesOf(response: Response): AsyncGenerator<EventSourceMessage, void, undefined> {
  if (response.body === null) {
    return;
  }
  const reader = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .pipeThrough(new EventSourceParserStream())
    .getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield value;
    }
  } catch {
    // The connection broke: what follows is for the caller to fetch.
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

/** An event of the stream; null for one that this page does not know. */
function parseEvent({ event, data }: EventSourceMessage): ReplyEvent | null {
  const json: unknown = JSON.parse(data);
  switch (event ?? 'message') {
    case 'queued':
      return {
        type: 'queued',
        conversationId: stringOrNull(property(json, 'conversation_id')),
        messageId: stringOrNull(property(json, 'message_id')),
        replyId: stringOrNull(property(json, 'reply_id')),
        position: numberOrNull(property(json, 'position')),
      };
    case 'window':
      return { type: 'window', window: json as WindowReport };
    case 'prefill':
      return {
        type: 'prefill',
        processed: numberOrNull(property(json, 'processed_tokens')) ?? 0,
        total: numberOrNull(property(json, 'prompt_tokens')) ?? 0,
        cached: numberOrNull(property(json, 'cached_tokens')) ?? 0,
      };
    case 'delta':
      return { type: 'delta', content: stringOrNull(property(json, 'content')) ?? '' };
    case 'tool_call':
      return { type: 'tool-call', call: json as ToolCall };
    case 'usage':
      return { type: 'usage', usage: json as Usage, timings: (property(json, 'timings') as Timings | undefined) ?? null };
    case 'done':
      return {
        type: 'done',
        status: (stringOrNull(property(json, 'status')) ?? 'complete') as MessageStatus,
        finishReason: stringOrNull(property(json, 'finish_reason')) as FinishReason | null,
      };
    case 'error':
      return {
        type: 'error',
        code: stringOrNull(property(property(json, 'error'), 'code')) ?? '',
        message: stringOrNull(property(property(json, 'error'), 'message')) ?? '',
      };
    default:
      return null;
  }
}

/** The failure that an `error` event stands for. */
export function failureOfEvent(event: { readonly code: string; readonly message: string }): Failure {
  return failureOfError(event);
}
