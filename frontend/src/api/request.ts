import { noteAnswer, noteSilence } from './connection';
import { failureOfResponse, RequestFailed } from './failure';

/**
 * Asks the server and returns its response, which is a success.
 *
 * @throws RequestFailed when there is none
 */
export async function request(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    if (init.signal?.aborted !== true) {
      noteSilence();
    }
    throw new RequestFailed({ kind: navigator.onLine ? 'unreachable' : 'offline' });
  });
  noteAnswer(response.status);
  if (!response.ok) {
    throw new RequestFailed(await failureOfResponse(response));
  }
  return response;
}

/** How a request with a JSON body begins. */
export function withJson(method: string, body: unknown): RequestInit {
  return { method, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

/**
 * Asks the server for JSON. Its own answers are taken to be of the type that `docs/conversations-api.md` gives them: page and
 * server come from one build.
 *
 * @throws RequestFailed when there is no answer
 */
export async function requestJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await request(path, init);
  return (await response.json()) as T;
}

/** A path with a query of those parameters that have a value. */
export function withQuery(path: string, parameters: Readonly<Record<string, string | number | boolean | null>>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== null) {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return text === '' ? path : `${path}?${text}`;
}
