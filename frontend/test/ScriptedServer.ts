import { frame } from './sse';
import type { Conversation, Message } from '../src/api/types';

const AT = '2026-01-02T03:04:05Z';

/** Stands in for `fetch`: a server with one conversation, whose replies a test writes step by step. */
export class ScriptedServer {
  reachable = true;
  messages: Message[] = [];
  conversation: Conversation = {
    id: 'c1',
    title: null,
    model: 'cria',
    system: null,
    pinned: false,
    archived: false,
    metadata: {},
    leaf_id: null,
    running_reply_id: null,
    created_at: AT,
    updated_at: AT,
    version: 0,
  };
  /** Method and path of each request, in order. */
  readonly requests: string[] = [];
  /** Bodies of the requests that had one. */
  readonly bodies: unknown[] = [];
  /** Whether whoever read the reply has hung up. */
  left = false;
  readonly #refusals: Response[] = [];
  #made = 0;
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;

  readonly fetch = (path: string, init: RequestInit = {}): Promise<Response> => {
    const method = init.method ?? 'GET';
    this.requests.push(`${method} ${path.split('?')[0] ?? ''}`);
    if (typeof init.body === 'string') {
      this.bodies.push(JSON.parse(init.body));
    }
    if (!this.reachable) {
      return Promise.reject(new TypeError('Failed to fetch'));
    }
    return Promise.resolve(this.#answer(method, path, init.signal ?? null));
  };

  /** The next request for a reply is answered with this. */
  refuse(status: number, code: string, headers: Record<string, string> = {}): void {
    this.#refusals.push(Response.json({ error: { message: 'No.', code } }, { status, headers }));
  }

  /** Somebody says something and a reply is begun, here or elsewhere. */
  begin(question: string, text = ''): Message {
    const parent = this.messages.at(-1)?.id ?? null;
    const asked = this.#message('user', question, parent, 'complete');
    const reply = this.#message('assistant', text, asked.id, 'in_progress');
    this.messages = [...this.messages, asked, reply];
    this.#touch(reply.id);
    return reply;
  }

  /** The running reply gets an event. */
  send(id: string, event: string, data: unknown): void {
    this.#stream?.enqueue(new TextEncoder().encode(frame(id, event, data)));
  }

  /** The running reply has ended with this text. */
  finish(content: string, status: Message['status'] = 'complete'): void {
    const last = this.messages.at(-1);
    if (last !== undefined) {
      this.messages = [...this.messages.slice(0, -1), { ...last, content, status }];
    }
    this.#touch(null);
    this.send(`7-${content.length}`, 'done', { status, finish_reason: 'stop' });
  }

  /** The version counts changes of a conversation's settings alone. */
  #touch(running: string | null): void {
    const later = new Date(Date.parse(this.conversation.updated_at) + 1000).toISOString();
    this.conversation = { ...this.conversation, updated_at: later, running_reply_id: running };
  }

  #answer(method: string, path: string, signal: AbortSignal | null): Response {
    if (method === 'GET') {
      if (path.includes('/events')) {
        return this.#open(signal);
      }
      return Response.json(path.includes('/messages') ? { messages: this.messages, next: null } : this.conversation);
    }
    if (path.endsWith('/stop')) {
      this.finish(this.messages.at(-1)?.content ?? '', 'stopped');
      return Response.json({});
    }
    if (path === '/api/conversations') {
      return Response.json(this.conversation);
    }
    const refusal = this.#refusals.shift();
    if (refusal !== undefined) {
      return refusal;
    }
    const { content } = this.bodies.at(-1) as { readonly content: string };
    const reply = this.begin(content);
    const response = this.#open(signal);
    this.send('0-0', 'queued', {
      conversation_id: this.conversation.id,
      message_id: reply.parent_id,
      reply_id: reply.id,
      position: null,
    });
    return response;
  }

  #open(signal: AbortSignal | null): Response {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        this.#stream = controller;
        signal?.addEventListener('abort', () => {
          this.left = true;
          controller.error(new DOMException('Aborted', 'AbortError'));
        });
      },
    });
    return new Response(body);
  }

  #message(role: Message['role'], content: string, parent: string | null, status: Message['status']): Message {
    const id = `${role}-${++this.#made}`;
    return {
      id,
      conversation_id: this.conversation.id,
      parent_id: parent,
      depth: this.messages.length,
      role,
      content,
      status,
      tokens: null,
      siblings: [id],
      reply: null,
      feedback: null,
      created_at: AT,
    };
  }
}
