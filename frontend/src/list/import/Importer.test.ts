import { expect, it, vi } from 'vitest';

import { RequestFailed } from '../../api/failure';
import type { ImportListener, importFile } from '../../api/imports';
import { Importer } from './Importer';

type Send = typeof importFile;

/** Sends of which a test says how they go on. */
function scripted() {
  const sends: {
    readonly name: string;
    readonly listener: ImportListener;
    readonly end: () => void;
    readonly fail: (error: Error) => void;
  }[] = [];
  const send: Send = (file, _, listener, signal) =>
    new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => {
        reject(new DOMException('', 'AbortError'));
      });
      sends.push({ name: (file as File).name, listener, end: resolve, fail: reject });
    });
  return { sends, send };
}

const file = (name: string): File => new File(['{}'], name);
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const oneModel = (): Promise<string> => Promise.resolve('cria');

it('takes files in one after the other', async () => {
  const { sends, send } = scripted();
  const onStored = vi.fn();
  const importer = new Importer(send, oneModel, onStored);

  importer.add([file('a'), file('b')]);
  await settled();
  expect(sends.map(({ name }) => name)).toEqual(['a']);
  expect(importer.getState().waiting).toBe(1);
  sends[0]?.end();
  await settled();

  expect(sends.map(({ name }) => name)).toEqual(['a', 'b']);
  expect(importer.getState().files.map(({ stage }) => stage)).toEqual(['done', 'running']);
  expect(importer.getState().waiting).toBe(0);
  expect(onStored).toHaveBeenCalledOnce();
});

it('counts what becomes of a file and keeps the first that were refused', async () => {
  const { sends, send } = scripted();
  const importer = new Importer(send, oneModel, vi.fn());

  importer.add([file('a')]);
  await settled();
  const listener = sends[0]?.listener;
  listener?.onSent(1);
  listener?.onLines([{ type: 'imported', number: 1, title: null }]);
  listener?.onLines(
    Array.from({ length: 50 }, (_, index) => ({ type: 'refused', number: index + 2, problem: 'no messages' })),
  );

  const [state] = importer.getState().files;
  expect(state).toMatchObject({ sentBytes: 1, imported: 1, refused: 50, stage: 'running' });
  expect(state?.refusals).toHaveLength(20);
});

it('gives up all files when it is cancelled, and can begin anew', async () => {
  const { sends, send } = scripted();
  const importer = new Importer(send, oneModel, vi.fn());

  importer.add([file('a'), file('b')]);
  await settled();
  importer.cancel();
  await settled();
  expect(importer.getState()).toMatchObject({ files: [{ name: 'a', stage: 'cancelled' }], waiting: 0 });
  importer.add([file('c')]);
  await settled();

  expect(sends.map(({ name }) => name)).toEqual(['a', 'c']);
});

it('goes on with the next file when one is refused, and says why', async () => {
  const { sends, send } = scripted();
  const importer = new Importer(send, oneModel, vi.fn());

  importer.add([file('a'), file('b')]);
  await settled();
  sends[0]?.fail(new RequestFailed({ kind: 'refused', message: 'This is no file of conversations.' }));
  await settled();
  sends[1]?.end();
  await settled();

  expect(importer.getState().files).toMatchObject([
    { stage: 'failed', failure: { kind: 'refused', message: 'This is no file of conversations.' } },
    { stage: 'done', failure: null },
  ]);
  importer.dismiss();
  expect(importer.getState().files).toEqual([]);
});
