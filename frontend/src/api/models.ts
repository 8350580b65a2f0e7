import { requestJson, withJson } from './request';
import type { Model } from './types';

/** The models that the server serves, whatever their state. */
export async function listModels(): Promise<readonly Model[]> {
  const { data } = await requestJson<{ readonly data: readonly Model[] }>('/v1/models');
  return data;
}

/** How many tokens a text has for a model. */
export async function countTokens(model: string, text: string, signal: AbortSignal): Promise<number> {
  const body = withJson('POST', { model, content: text });
  const { tokens } = await requestJson<{ readonly tokens: readonly unknown[] }>('/tokenize', { ...body, signal });
  return tokens.length;
}
