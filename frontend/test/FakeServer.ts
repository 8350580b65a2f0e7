import { act } from '@testing-library/react';

interface AskedFor {
  readonly messages: readonly { readonly content: string }[];
}

/** Stands in for `fetch` and lets a test say, step by step, what the server answers. */
export class FakeServer {
  reachable = true;
  aborted = false;
  /** The contents of the messages of each request. */
  readonly questions: (readonly string[])[] = [];
  #refusal: Response | null = null;
  #stream: ReadableStreamDefaultController<Uint8Array> | null = null;

  readonly fetch = (path: string, init?: RequestInit): Promise<Response> => {
    if (!this.reachable) {
      return Promise.reject(new TypeError('Failed to fetch'));
    }
    return Promise.resolve(path === '/v1/models' ? Response.json({ data: [{ id: 'cria' }] }) : this.#reply(init));
  };

  refuseNext(status: number, code: string): void {
    this.#refusal = Response.json({ error: { message: 'No.', code } }, { status });
  }

  sendText(content: string): Promise<void> {
    return this.#send(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
  }

  async finish(completionTokens: number): Promise<void> {
    await this.#send('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n');
    await this.#send(`data: {"choices":[],"usage":{"completion_tokens":${completionTokens}}}\n\ndata: [DONE]\n\n`);
  }

  lose(): Promise<void> {
    return act(async () => {
      this.#stream?.error(new TypeError('network error'));
      await Promise.resolve();
    });
  }

  #reply(init: RequestInit | undefined): Response {
    const { messages } = JSON.parse(init?.body as string) as AskedFor;
    this.questions.push(messages.map((message) => message.content));
    init?.signal?.addEventListener('abort', () => {
      this.aborted = true;
    });
    const refusal = this.#refusal;
    this.#refusal = null;
    return refusal ?? new Response(new ReadableStream({ start: (controller) => void (this.#stream = controller) }));
  }

  #send(data: string): Promise<void> {
    return act(async () => {
      this.#stream?.enqueue(new TextEncoder().encode(data));
      await Promise.resolve();
    });
  }
}
