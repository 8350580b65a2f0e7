import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const PAGE = resolve(import.meta.dirname, '../../dist');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
};

/** How many messages the conversation `long` has. */
export const MESSAGES = 2000;
const PAGE_MESSAGES = 50;

/** What a reply consists of, over and over: a bit of everything that is laid out. */
const PARAGRAPH =
  '## Part\n\nSome text with **bold** words, `code` and a list:\n\n- first\n- second\n\n```ts\nconst answer = compute(1, 2);\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n';

/** The reply's tokens and how many of them come in a second. */
export interface Pace {
  readonly tokens: number;
  readonly perSecond: number;
}

/** A server that serves the built page and answers it by a script, so that only the page's own work is measured. */
export class ScriptedUpstream {
  readonly #server: Server;
  readonly #pace: Pace;

  private constructor(pace: Pace) {
    this.#pace = pace;
    this.#server = createServer((asked, answer) => {
      void this.#answer(asked, answer);
    });
  }

  static async run(pace: Pace): Promise<ScriptedUpstream> {
    const upstream = new ScriptedUpstream(pace);
    upstream.#server.listen(0, '127.0.0.1');
    await once(upstream.#server, 'listening');
    return upstream;
  }

  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  async #answer(asked: IncomingMessage, answer: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(asked.url ?? '/', this.origin);
    const [, api, , id = '', rest] = pathname.split('/');
    if (asked.method === 'POST' && rest === 'messages') {
      await this.#reply(id, answer);
    } else if (pathname === '/v1/models') {
      json(answer, { data: [MODEL] });
    } else if (pathname === '/api/conversations') {
      json(answer, asked.method === 'POST' ? conversation('fresh') : { conversations: [conversation('long')], next: null });
    } else if (pathname.startsWith('/api/conversations/') && rest === undefined) {
      json(answer, conversation(id));
    } else if (rest === 'messages') {
      json(answer, id === 'long' ? messagesBefore(searchParams.get('before')) : { messages: [], next: null });
    } else if (api === 'api' || api === 'tokenize') {
      answer.writeHead(404, { 'Content-Type': 'application/json' }).end('{}');
    } else {
      file(answer, pathname);
    }
  }

  async #reply(conversationId: string, answer: ServerResponse): Promise<void> {
    answer.writeHead(200, { 'Content-Type': 'text/event-stream' });
    const told = (place: string, event: string, data: unknown): void => {
      answer.write(`id: ${place}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    };
    told('0-0', 'queued', { conversation_id: conversationId, message_id: 'asked', reply_id: 'replied', position: 0 });
    const words = PARAGRAPH.split(/(?<=\s)/);
    const begun = performance.now();
    let characters = 0;
    for (let token = 0; token < this.#pace.tokens && !answer.destroyed; token++) {
      const ahead = (token / this.#pace.perSecond) * 1000 - (performance.now() - begun);
      if (ahead > 0) {
        await pause(ahead);
      }
      const content = words[token % words.length] ?? '';
      characters += content.length;
      told(`4-${characters}`, 'delta', { content });
    }
    told(`7-${characters}`, 'done', { status: 'complete', finish_reason: 'stop' });
    answer.end();
  }
}

const TIME = '2026-11-23T12:00:00Z';

const MODEL = {
  id: 'scripted',
  context_length: 100_000,
  family: 'vicuna-v1.1',
  architecture: 'llama',
  parameters: 1,
  quantization: 'Q8_0',
  size: 1,
  license: null,
  owned_by: 'corral',
  state: 'ready',
};

function conversation(id: string): object {
  return {
    id,
    title: id,
    model: MODEL.id,
    system: null,
    pinned: false,
    archived: false,
    metadata: {},
    leaf_id: null,
    running_reply_id: null,
    created_at: TIME,
    updated_at: TIME,
    version: 1,
  };
}

function messagesBefore(before: string | null): object {
  const end = before === null ? MESSAGES : Number(before);
  const start = Math.max(0, end - PAGE_MESSAGES);
  const messages = Array.from({ length: end - start }, (_, index) => message(start + index));
  return { messages, next: start === 0 ? null : String(start) };
}

function message(number: number): object {
  return {
    id: `message-${number}`,
    conversation_id: 'long',
    parent_id: number === 0 ? null : `message-${number - 1}`,
    depth: number,
    role: number % 2 === 0 ? 'user' : 'assistant',
    content: number % 2 === 0 ? `Question ${number}` : PARAGRAPH,
    status: 'complete',
    tokens: null,
    siblings: [`message-${number}`],
    reply: null,
    feedback: null,
    created_at: TIME,
  };
}

function json(answer: ServerResponse, body: unknown): void {
  answer.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
}

function file(answer: ServerResponse, path: string): void {
  const named = join(PAGE, path);
  const found = path !== '/' && existsSync(named) ? named : join(PAGE, 'index.html');
  answer.writeHead(200, { 'Content-Type': TYPES[extname(found)] ?? 'application/octet-stream' }).end(readFileSync(found));
}
