import { RequestFailed } from './failure';
import { arrayOrEmpty, property, stringOrNull } from './json';
import { request } from './request';

/**
 * Asks for the names of the models served here, in the server's order; there is at least one.
 *
 * @throws RequestFailed when the server gives no list, or an empty one
 */
export async function listModels(signal: AbortSignal): Promise<readonly string[]> {
  const response = await request('/v1/models', { signal });
  const body: unknown = await response.json();
  const names = arrayOrEmpty(property(body, 'data'))
    .map((model) => stringOrNull(property(model, 'id')))
    .filter((name) => name !== null);
  if (names.length === 0) {
    throw new RequestFailed({ kind: 'no-model' });
  }
  return names;
}
