import type { IncomingMessage, ServerResponse } from 'node:http';

import { fakeReply } from './fakeReply.ts';

interface FakeRequest {
  readonly messages: readonly { readonly role: string; readonly content: string }[];
}

const PAUSE_MILLIS = 25;
let refusals = 0;

/**
 * Answers the two requests that the page makes, as a server with a small model would. Questions with certain words
 * get the failures that are hard to cause on purpose: "loading", "busy", "too long", "break", "lose".
 */
export function fakeApi(request: IncomingMessage, response: ServerResponse, next: () => void): void {
  if (request.url === '/v1/models') {
    sendJson(response, 200, { object: 'list', data: [{ id: 'cria', object: 'model' }, { id: 'alpaca', object: 'model' }] });
  } else if (request.url === '/v1/chat/completions') {
    void readJson(request).then((body) => reply(body as FakeRequest, response));
  } else {
    next();
  }
}

async function reply({ messages }: FakeRequest, response: ServerResponse): Promise<void> {
  const question = messages.at(-1)?.content ?? '';
  if (question.includes('loading') && ++refusals % 3 !== 0) {
    response.setHeader('Retry-After', '2');
    sendError(response, 503, "The model 'cria' is still loading. Retry shortly.", null);
  } else if (question.includes('busy')) {
    sendError(response, 429, 'The queue of this model holds its limit of 8 waiting requests.', 'queue_full');
  } else if (question.includes('too long')) {
    sendError(response, 400, 'The context window is 2048 tokens.', 'context_length_exceeded');
  } else {
    await stream(messages, response, question);
  }
}

async function stream(messages: FakeRequest['messages'], response: ServerResponse, question: string): Promise<void> {
  const words = fakeReply(messages.map((message) => message.content)).split(/(?<=\s)/);
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-cache' });
  response.write(': keep-alive\n\n');
  for (const [index, word] of words.entries()) {
    if (response.destroyed) {
      return;
    }
    if (index === 12 && question.includes('break')) {
      response.end(event({ error: { message: 'The model could not compute the next token.' } }));
      return;
    }
    if (index === 12 && question.includes('lose')) {
      response.destroy();
      return;
    }
    response.write(event({ choices: [{ index: 0, delta: { content: word }, finish_reason: null }] }));
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MILLIS));
  }
  response.write(event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }));
  response.write(event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: words.length } }));
  response.end('data: [DONE]\n\n');
}

function event(data: unknown): string {
  return `data: ${JSON.stringify(data)}\n\n`;
}

function sendError(response: ServerResponse, status: number, message: string, code: string | null): void {
  sendJson(response, status, { error: { message, type: 'invalid_request_error', param: null, code } });
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
  }
  return JSON.parse(Buffer.concat(chunks).toString());
}
