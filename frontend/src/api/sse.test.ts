import { describe, expect, it } from 'vitest';

import { readServerSentEvents } from './sse';

function streamOf(chunks: readonly Uint8Array[], onCancel?: () => void): ReadableStream<Uint8Array> {
  const left = [...chunks];
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const chunk = left.shift();
      if (chunk === undefined) {
        controller.close();
      } else {
        controller.enqueue(chunk);
      }
    },
    cancel: () => onCancel?.(),
  });
}

async function readAll(chunks: readonly Uint8Array[]): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const data of readServerSentEvents(streamOf(chunks))) {
    all.push(data);
  }
  return all;
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('readServerSentEvents', () => {
  it('yields the data of each event', async () => {
    expect(await readAll([bytes('data: one\n\ndata: two\n\n')])).toEqual(['one', 'two']);
  });

  it.each(['\n', '\r\n', '\r'])('reads the same events wherever the bytes are split, with line end %j', async (end) => {
    const text = [': hi', 'data: ä🦙', '', 'data: 1', 'data: 2', '', 'data: [DONE]', '', ''];
    const all = bytes(text.join(end));

    for (let first = 0; first <= all.length; first++) {
      for (let second = first; second <= all.length; second++) {
        const chunks = [all.slice(0, first), all.slice(first, second), all.slice(second)];
        expect(await readAll(chunks), `split at ${first} and ${second}`).toEqual([
          'ä🦙',
          '1\n2',
          '[DONE]',
        ]);
      }
    }
  });

  it('reads the same events from single bytes', async () => {
    const all = bytes('data: größer 🦙\r\n\r\n: keep-alive\r\n\r\ndata: end\r\n\r\n');

    expect(await readAll(Array.from(all, (byte) => Uint8Array.of(byte)))).toEqual(['größer 🦙', 'end']);
  });

  it('skips comments and other fields', async () => {
    const text = ': keep-alive\n\nevent: message\nid: 7\nretry: 100\ndatabase: no\ndata: yes\n\n';

    expect(await readAll([bytes(text)])).toEqual(['yes']);
  });

  it('joins the data lines of one event', async () => {
    expect(await readAll([bytes('data: a\ndata\ndata:  b\n\n')])).toEqual(['a\n\n b']);
  });

  it.each(['data: last', 'data: last\n', 'data: last\r'])('yields an event that ends as %j', async (text) => {
    expect(await readAll([bytes(text)])).toEqual(['last']);
  });

  it('yields nothing from an empty stream', async () => {
    expect(await readAll([])).toEqual([]);
  });

  it('lets the connection go when the reader leaves early', async () => {
    let cancelled = false;
    const stream = streamOf([bytes('data: one\n\n'), bytes('data: two\n\n')], () => (cancelled = true));

    for await (const data of readServerSentEvents(stream)) {
      expect(data).toBe('one');
      break;
    }

    expect(cancelled).toBe(true);
  });
});
