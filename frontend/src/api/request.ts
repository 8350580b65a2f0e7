import { failureOfResponse, RequestFailed } from './failure';

/**
 * Asks the server and returns its response, which is a success.
 *
 * @throws RequestFailed when there is none
 */
export async function request(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(path, init).catch(() => {
    throw new RequestFailed({ kind: navigator.onLine ? 'unreachable' : 'offline' });
  });
  if (!response.ok) {
    throw new RequestFailed(await failureOfResponse(response));
  }
  return response;
}
