import type { Conversation } from '../src/api/types';

/** A conversation as the server tells it. */
export function aConversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'c1',
    title: 'First steps',
    model: 'cria',
    system: null,
    pinned: false,
    archived: false,
    metadata: {},
    leaf_id: null,
    running_reply_id: null,
    created_at: '2026-11-23T10:00:00Z',
    updated_at: '2026-11-23T10:00:00Z',
    version: 0,
    ...change,
  };
}
