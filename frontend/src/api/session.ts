import { request, requestJson, withJson } from './request';
import type { Session } from './types';

export function getSession(): Promise<Session> {
  return requestJson('/api/session');
}

/**
 * Signs in; the browser keeps a cookie that scripts cannot read.
 *
 * @throws RequestFailed of kind `signed-out` if the key is not right
 */
export function signIn(key: string): Promise<Session> {
  return requestJson('/api/session', withJson('POST', { key }));
}

export async function signOut(): Promise<void> {
  await request('/api/session', { method: 'DELETE' });
}
