/**
 * Reads a stream of server-sent events and yields the data of each. Bytes may be split anywhere, also inside a
 * character or a line end. Comments and the fields `event`, `id` and `retry` are skipped. Unlike a browser's
 * EventSource, an event that the end of the stream cuts off before its empty line is still yielded: a server that
 * forgets the last line break has nevertheless said all it had to say.
 *
 * @see https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream
 */
export async function* readServerSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  let data: string[] = [];
  for await (const line of readLines(body)) {
    if (line === '' && data.length > 0) {
      yield data.join('\n');
      data = [];
    }
    const value = dataOf(line);
    if (value !== null) {
      data.push(value);
    }
  }
  if (data.length > 0) {
    yield data.join('\n');
  }
}

/** The value of a `data` line, or null for any other line. */
function dataOf(line: string): string | null {
  if (line === 'data') {
    return '';
  }
  if (!line.startsWith('data:')) {
    return null;
  }
  const value = line.slice('data:'.length);
  return value.startsWith(' ') ? value.slice(1) : value;
}

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      pending += done ? decoder.decode() : decoder.decode(value, { stream: true });
      const lines = pending.split(lineEnd(done));
      pending = lines.pop() ?? '';
      yield* lines;
      if (done) {
        break;
      }
    }
    if (pending !== '') {
      yield pending;
    }
  } finally {
    // The reader of events may leave early, at [DONE] or at an error: the connection has to go then, too.
    void reader.cancel().catch(() => undefined);
  }
}

/** What ends a line. A carriage return at the end of a chunk may be half of a pair, so it waits for the next chunk. */
function lineEnd(done: boolean): RegExp {
  return done ? /\r\n|\n|\r/ : /\r\n|\n|\r(?!$)/;
}
