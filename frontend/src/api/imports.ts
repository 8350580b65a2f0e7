import { noteAnswer, noteSilence } from './connection';
import { failureOfError, failureOfResponse, RequestFailed } from './failure';
import { numberOrNull, property, stringOrNull } from './json';
import { withQuery } from './request';

/** What became of one conversation of a file, numbered from 1, or at last of all of them. */
export type ImportLine =
  | { readonly type: 'imported'; readonly number: number; readonly title: string | null }
  | { readonly type: 'refused'; readonly number: number; readonly problem: string }
  | { readonly type: 'total'; readonly imported: number; readonly refused: number }
  /** The rest of the file was not read. */
  | { readonly type: 'failed'; readonly error: unknown };

/** Takes the answer to an import apart, which grows while it arrives. */
export class ImportReader {
  #read = 0;

  /** The lines that have been completed since the last call, of all that has arrived until now. */
  take(answer: string): readonly ImportLine[] {
    const end = answer.lastIndexOf('\n') + 1;
    const lines = answer.slice(this.#read, end).split('\n');
    this.#read = Math.max(this.#read, end);
    return lines.filter((line) => line.trim() !== '').map(parseLine);
  }
}

function parseLine(line: string): ImportLine {
  const json: unknown = JSON.parse(line);
  const number = numberOrNull(property(json, 'number'));
  const problem = stringOrNull(property(json, 'problem'));
  const imported = numberOrNull(property(json, 'imported'));
  if (number !== null) {
    return problem === null
      ? { type: 'imported', number, title: stringOrNull(property(json, 'title')) }
      : { type: 'refused', number, problem };
  }
  if (imported !== null) {
    return { type: 'total', imported, refused: numberOrNull(property(json, 'refused')) ?? 0 };
  }
  return { type: 'failed', error: property(json, 'error') };
}

/** What is told while a file is taken in. */
export interface ImportListener {
  readonly onSent: (bytes: number) => void;
  readonly onLines: (lines: readonly ImportLine[]) => void;
}

/**
 * Sends a file, which the browser reads as it is sent. Resolves when the answer has ended. Only XMLHttpRequest tells how much has
 * been sent.
 *
 * @param model replies in conversations whose own model is not served; null where only one is
 * @throws RequestFailed when the file is not taken, or not to its end
 */
export function importFile(file: Blob, model: string | null, listener: ImportListener, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const reader = new ImportReader();
    const read = (): void => {
      if (request.status === 200) {
        const lines = reader.take(request.responseText);
        const failed = lines.find((line) => line.type === 'failed');
        if (failed !== undefined) {
          throw new RequestFailed(failureOfError(failed.error));
        }
        if (lines.length > 0) {
          listener.onLines(lines);
        }
      }
    };
    const abort = (): void => {
      request.abort();
    };
    const settle = (outcome: () => void): void => {
      signal.removeEventListener('abort', abort);
      outcome();
    };
    const fail = (failure: unknown): void => {
      settle(() => {
        reject(failure instanceof Error ? failure : new Error(String(failure)));
      });
    };
    request.upload.onprogress = ({ loaded }) => {
      listener.onSent(loaded);
    };
    request.onprogress = () => {
      try {
        read();
      } catch (error) {
        fail(error);
        request.abort();
      }
    };
    request.onload = () => {
      noteAnswer(request.status);
      if (request.status !== 200) {
        const body = request.responseText === '' ? null : request.responseText;
        const headers = { 'Retry-After': request.getResponseHeader('Retry-After') ?? '' };
        void failureOfResponse(new Response(body, { status: request.status, headers })).then((failure) => {
          fail(new RequestFailed(failure));
        });
        return;
      }
      try {
        read();
        settle(resolve);
      } catch (error) {
        fail(error);
      }
    };
    request.onerror = () => {
      noteSilence();
      // What was stored before stays, so trying the whole file again is no remedy.
      fail(new RequestFailed({ kind: navigator.onLine ? 'unreachable' : 'offline' }));
    };
    request.onabort = () => {
      fail(new DOMException('The import was cancelled.', 'AbortError'));
    };
    signal.addEventListener('abort', abort);
    request.open('POST', withQuery('/api/import', { model }));
    request.setRequestHeader('Content-Type', 'application/json');
    request.send(file);
  });
}
