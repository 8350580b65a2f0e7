import { request, requestJson, withJson, withQuery } from './request';
import type {
  Conversation,
  ConversationPage,
  ConversationSettings,
  Feedback,
  MessagePage,
  NextWindow,
  ReplyWindow,
  SearchPage,
  SharedPage,
  WindowPolicy,
} from './types';

/** What can be changed of a conversation beside its settings. */
export interface ConversationChange extends ConversationSettings {
  readonly title?: string | null;
  readonly pinned?: boolean;
  readonly archived?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
}

export type ExportFormat = 'json' | 'markdown' | 'sharegpt';

const path = (id: string, rest = ''): string => `/api/conversations/${encodeURIComponent(id)}${rest}`;

export function createConversation(settings: ConversationChange): Promise<Conversation> {
  return requestJson('/api/conversations', withJson('POST', settings));
}

/** Conversations by their last change, pinned ones first: the first page, or the one after another. */
export function listConversations(
  after: string | null,
  archived: boolean,
  signal?: AbortSignal,
): Promise<ConversationPage> {
  // Who reads on reads a lot.
  const limit = after === null ? 50 : 200;
  const asked = withQuery('/api/conversations', { limit, after, archived });
  return requestJson(asked, signal === undefined ? {} : { signal });
}

export function searchConversations(query: string, after: string | null, signal: AbortSignal): Promise<SearchPage> {
  return requestJson(withQuery('/api/conversations/search', { q: query, limit: 30, after }), { signal });
}

export function getConversation(id: string, signal?: AbortSignal): Promise<Conversation> {
  return requestJson(path(id), signal === undefined ? {} : { signal });
}

export function changeConversation(id: string, change: ConversationChange): Promise<Conversation> {
  return requestJson(path(id), withJson('PATCH', change));
}

/** Deletes for good, also if the page is left right after. */
export async function deleteConversation(id: string): Promise<void> {
  await request(path(id), { method: 'DELETE', keepalive: true });
}

/** The newest messages of the active branch, or those before one of them. */
export function listMessages(id: string, before: string | null, signal?: AbortSignal): Promise<MessagePage> {
  const asked = withQuery(path(id, '/messages'), { limit: 50, before });
  return requestJson(asked, signal === undefined ? {} : { signal });
}

/** Makes the newest branch through a message the active one. */
export function switchBranch(id: string, messageId: string): Promise<Conversation> {
  return requestJson(path(id, '/branch'), withJson('POST', { message_id: messageId }));
}

export function nextWindow(id: string, policy: WindowPolicy | null, signal: AbortSignal): Promise<NextWindow> {
  return requestJson(withQuery(path(id, '/window'), { policy }), { signal });
}

export function replyWindow(replyId: string, signal: AbortSignal): Promise<ReplyWindow> {
  return requestJson(`/api/replies/${encodeURIComponent(replyId)}/window`, { signal });
}

export function giveFeedback(messageId: string, feedback: Feedback): Promise<Feedback> {
  return requestJson(`/api/messages/${encodeURIComponent(messageId)}/feedback`, withJson('PUT', feedback));
}

export async function takeBackFeedback(messageId: string): Promise<void> {
  await request(`/api/messages/${encodeURIComponent(messageId)}/feedback`, { method: 'DELETE' });
}

/** Makes a link to the active branch as it is now; the answer's token is told this once. */
export function shareConversation(id: string): Promise<{ readonly token: string }> {
  return requestJson(path(id, '/share'), { method: 'POST' });
}

/** Ends all links to a conversation. */
export async function unshareConversation(id: string): Promise<void> {
  await request(path(id, '/share'), { method: 'DELETE' });
}

export function readShared(token: string, before: string | null): Promise<SharedPage> {
  return requestJson(withQuery(`/api/shared/${encodeURIComponent(token)}`, { limit: 200, before }));
}

/** Where a conversation can be downloaded from. */
export function exportAddress(id: string, format: ExportFormat): string {
  return withQuery(path(id, '/export'), { format });
}

/** Where all conversations can be downloaded from. */
export function exportAllAddress(format: Exclude<ExportFormat, 'markdown'>): string {
  return withQuery('/api/export', { format });
}
