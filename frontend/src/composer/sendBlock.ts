import type { Failure } from '../api/failure';
import type { Model } from '../api/types';
import type { ConversationState } from '../conversation/state';
import type { Models } from '../settings/useModels';

/** Why no message can be sent at present. */
export type SendBlock =
  /** The models are asked for. */
  | { readonly kind: 'connecting' }
  /** They cannot be; the page goes on asking. */
  | { readonly kind: 'away'; readonly failure: Failure }
  /** The conversation itself is not there, or not read yet. */
  | { readonly kind: 'opening' }
  | { readonly kind: 'no-model' }
  /** The conversation's model is served no longer. */
  | { readonly kind: 'not-served'; readonly model: string }
  /** Part of it that is loaded, from 0 to 1; null if unknown. */
  | { readonly kind: 'loading'; readonly model: string; readonly progress: number | null }
  | { readonly kind: 'failed'; readonly model: string; readonly reason: string | null }
  /** One reply at a time. */
  | { readonly kind: 'replying' };

/**
 * Why no message can be sent; null if one can.
 *
 * @param model the name of who would reply
 */
export function sendBlock({ models, failure }: Models, model: string | undefined, state: ConversationState): SendBlock | null {
  if (state.live !== null) {
    return { kind: 'replying' };
  }
  if (state.unreadable !== null || (state.id !== null && state.conversation === null)) {
    return { kind: 'opening' };
  }
  if (failure !== null) {
    return { kind: 'away', failure };
  }
  if (models === undefined) {
    return { kind: 'connecting' };
  }
  if (model === undefined) {
    return { kind: 'no-model' };
  }
  const chosen = models.find(({ id }) => id === model);
  return chosen === undefined ? { kind: 'not-served', model } : modelBlock(chosen);
}

function modelBlock(model: Model): SendBlock | null {
  switch (model.state) {
    case 'ready':
      return null;
    case 'loading':
      return { kind: 'loading', model: model.id, progress: model.progress ?? null };
    case 'failed':
      return { kind: 'failed', model: model.id, reason: model.failure ?? null };
  }
}
