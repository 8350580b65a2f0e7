/**
 * What the server's own API tells, in its own names. The meaning of each field stands in `docs/conversations-api.md`.
 */

export type WindowPolicy = 'rolling' | 'recap' | 'recall' | 'sink-shift' | 'strict' | 'split';

export const WINDOW_POLICIES: readonly WindowPolicy[] = ['rolling', 'recap', 'recall', 'sink-shift', 'split', 'strict'];

/** What a reply is asked for with; what is absent is left to the server. */
export interface ReplyParameters {
  readonly window?: WindowPolicy | null;
  readonly max_tokens?: number | null;
  readonly temperature?: number | null;
  readonly top_p?: number | null;
  readonly top_k?: number | null;
  readonly min_p?: number | null;
  readonly presence_penalty?: number | null;
  readonly frequency_penalty?: number | null;
  readonly repetition_penalty?: number | null;
  readonly seed?: number | null;
  readonly stop?: readonly string[] | null;
}

/** What a conversation is made with, and what can be changed of it. */
export interface ConversationSettings extends ReplyParameters {
  readonly model?: string;
  readonly system?: string | null;
}

export interface Conversation extends ReplyParameters {
  readonly id: string;
  readonly title: string | null;
  readonly model: string;
  readonly system: string | null;
  readonly pinned: boolean;
  readonly archived: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly leaf_id: string | null;
  readonly running_reply_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly version: number;
}

export interface ConversationPage {
  readonly conversations: readonly Conversation[];
  readonly next: string | null;
}

export interface SearchHit {
  readonly conversation: Conversation;
  readonly message_id: string | null;
  readonly excerpt: string;
}

export interface SearchPage {
  readonly hits: readonly SearchHit[];
  readonly next: string | null;
}

export type MessageStatus = 'queued' | 'in_progress' | 'complete' | 'stopped' | 'failed' | 'interrupted';

export type FinishReason = 'stop' | 'length' | 'cancelled' | 'tool_calls' | 'error';

/** What of a conversation the model was given for one reply. */
export interface WindowReport {
  readonly policy: WindowPolicy;
  readonly context_tokens: number;
  readonly reserved_tokens: number;
  readonly prompt_tokens: number;
  readonly kept_messages: number;
  readonly cut_messages: number;
  readonly recap_tokens: number;
  readonly recalled_messages: number;
  readonly truncated_tokens: number;
  /** The oldest message that was in the prompt whole; absent or null when nothing was cut. */
  readonly first_kept_id?: string | null;
  readonly recalled_ids?: readonly string[];
}

/** {@link WindowReport} of a reply, with the summary that was in its prompt. */
export interface ReplyWindow extends WindowReport {
  readonly recap: string | null;
  readonly system_tokens?: number | null;
}

/** What the next reply would be given. */
export interface NextWindow {
  readonly policy: WindowPolicy;
  readonly context_tokens: number;
  readonly reserved_tokens: number;
  readonly system_tokens: number;
  readonly message_tokens: number;
  readonly prompt_tokens: number;
  readonly kept_messages: number;
  readonly cut_messages: number;
  readonly recap_tokens: number;
  readonly recap: string | null;
  readonly first_kept_id: string | null;
}

export interface Usage {
  readonly prompt_tokens: number;
  readonly completion_tokens: number;
  readonly total_tokens: number;
  readonly prompt_tokens_details?: { readonly cached_tokens: number };
}

export interface Timings {
  readonly queue_millis: number;
  readonly prefill_millis: number;
  readonly decode_millis: number;
}

export interface ReplyFacts {
  readonly model: string;
  readonly window: WindowReport | null;
  readonly usage: Usage | null;
  readonly finish_reason: FinishReason | null;
  readonly timings: Timings | null;
  readonly time_to_first_token_millis: number | null;
  readonly error: { readonly message: string; readonly code: string } | null;
  readonly finished_at: string | null;
}

export interface Feedback {
  readonly rating: 'up' | 'down';
  readonly reason: string | null;
}

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export interface Message {
  readonly id: string;
  readonly conversation_id: string;
  readonly parent_id: string | null;
  readonly depth: number;
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content: string;
  readonly tool_calls?: readonly ToolCall[];
  readonly tool_call_id?: string;
  readonly status: MessageStatus;
  readonly tokens: number | null;
  readonly siblings?: readonly string[];
  readonly reply: ReplyFacts | null;
  readonly feedback: Feedback | null;
  readonly created_at: string;
}

export interface MessagePage {
  readonly messages: readonly Message[];
  readonly next: string | null;
}

/** A model that the server serves. */
export interface Model {
  readonly id: string;
  readonly context_length: number;
  readonly trained_context_length?: number | null;
  readonly family: string;
  readonly architecture: string;
  readonly parameters: number;
  readonly quantization: string;
  readonly size: number;
  readonly license: string | null;
  readonly owned_by: string;
  readonly state: 'loading' | 'ready' | 'failed';
  readonly failure?: string | null;
  /** How much of it is loaded, from 0 to 1, where that is known. */
  readonly progress?: number | null;
}

/** Who is signed in, and whether one has to be. */
export interface Session {
  readonly key_required: boolean;
  readonly signed_in: boolean;
  readonly name: string | null;
  readonly role: 'user' | 'admin' | null;
}

/** A message of a shared conversation. */
export interface SharedMessage {
  readonly id: string;
  readonly role: Message['role'];
  readonly content: string;
  readonly created_at: string;
}

export interface SharedPage {
  readonly title: string | null;
  readonly messages: readonly SharedMessage[];
  readonly next: string | null;
}
