import * as conversations from '../api/conversations';
import type { ConversationChange } from '../api/conversations';
import { failureOf, type Failure } from '../api/failure';
import { isAborted, pause } from '../api/pause';
import * as replies from '../api/replies';
import { isPassing, type ReplyEvent } from '../api/replies';
import type { Feedback, Message } from '../api/types';
import { reduce, type ConversationEvent } from './reducer';
import { isRunning, isStored, LOCAL_QUESTION, NEW_CONVERSATION, type ConversationState } from './state';

/** How the request for a reply is made; the text is what is lost if it fails. */
interface Asked {
  readonly open: (signal: AbortSignal) => Promise<Response>;
  /** The reply, where it exists already. */
  readonly replyId: string | null;
  readonly unsent: string | null;
}

/**
 * One open conversation: what is shown of it, and what the reader can do. The server has the truth; a session that is closed in
 * mid-reply loses nothing, and another one, maybe in another tab, reads on where the reply is.
 *
 * Text that streams in is shown at most once a frame.
 */
export class ConversationSession {
  #state: ConversationState = NEW_CONVERSATION;
  readonly #listeners = new Set<() => void>();
  /** What is read at present belongs to one opening of one conversation. */
  #opening = new AbortController();
  #reading: AbortController | null = null;
  #refreshing = false;
  #pendingText = '';
  /** Gives up the frame in which the text will be shown. */
  #cancelFrame: (() => void) | null = null;
  readonly #onStored: () => void;

  /**
   * @param onStored told whenever the server has stored something, so that lists can be read again
   */
  constructor(onStored: () => void = () => undefined) {
    this.#onStored = onStored;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  };

  readonly getState = (): ConversationState => this.#state;

  /** Shows another conversation, or a new one. The one that is shown already stays as it is. */
  open(id: string | null): void {
    if (id === this.#state.id && id !== null && !this.#opening.signal.aborted) {
      return;
    }
    this.close();
    this.#opening = new AbortController();
    this.#apply({ type: 'opened', id });
    if (id !== null) {
      void this.#read();
    }
  }

  /** Reads no longer; the server goes on. */
  close(): void {
    this.#opening.abort();
    this.#reading = null;
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    this.#pendingText = '';
    this.#refreshing = false;
  }

  /** Looks whether something has changed elsewhere: in another tab, on another device. */
  async refresh(): Promise<void> {
    const { id, live, conversation } = this.#state;
    if (id === null || live !== null || this.#refreshing) {
      return;
    }
    const { signal } = this.#opening;
    this.#refreshing = true;
    try {
      const now = await conversations.getConversation(id, signal);
      if (!signal.aborted && (now.updated_at !== conversation?.updated_at || now.running_reply_id !== null)) {
        await this.#read();
      }
    } catch (error) {
      const failure = failureOf(error);
      if (!signal.aborted && !isPassing(failure)) {
        this.#apply({ type: 'unreadable', failure });
      }
    } finally {
      this.#refreshing = false;
    }
  }

  /** Reads the messages before those that are shown. */
  async readEarlier(): Promise<void> {
    const { id, earlier } = this.#state;
    const { signal } = this.#opening;
    if (id === null || earlier === null) {
      return;
    }
    const page = await conversations.listMessages(id, earlier, signal).catch(() => null);
    // Two requests for the same page may have been under way.
    if (page !== null && !signal.aborted && this.#state.earlier === earlier) {
      this.#apply({ type: 'read-earlier', page });
    }
  }

  /** Says something; in a new conversation, makes it first with these settings. */
  send(content: string, settings: ConversationChange): void {
    if (this.#state.live !== null) {
      return;
    }
    const parent = this.#state.messages.at(-1)?.id ?? null;
    this.#apply({ type: 'said', after: parent, content, at: new Date() });
    void this.#ask({
      open: async (signal) => {
        const id = this.#state.id ?? (await this.#create(settings, signal));
        return replies.say(id, { content, ...(parent === null ? {} : { parent_id: parent }) }, signal);
      },
      replyId: null,
      unsent: content,
    });
  }

  /** Says something in place of an earlier message, on a branch of its own. */
  edit(message: Message, content: string): void {
    if (this.#state.live !== null) {
      return;
    }
    this.#apply({ type: 'said', after: message.parent_id, content, at: new Date() });
    void this.#ask({
      open: (signal) => replies.edit(message.id, { content }, signal),
      replyId: null,
      unsent: content,
    });
  }

  /** Has another reply written: beside a reply, or to a question that has none. */
  regenerate(message: Message): void {
    const question = message.role === 'user' ? message.id : message.parent_id;
    if (question === null || this.#state.live !== null) {
      return;
    }
    this.#apply({ type: 'asked-again', question, at: new Date() });
    void this.#ask({ open: (signal) => replies.regenerate(message.id, {}, signal), replyId: null, unsent: null });
  }

  /** Goes on with the last reply, which has ended early. */
  continueReply(message: Message): void {
    if (this.#state.live !== null) {
      return;
    }
    this.#apply({ type: 'attached' });
    void this.#ask({ open: (signal) => replies.continueReply(message.id, signal), replyId: message.id, unsent: null });
  }

  /** Ends the reply that is written now. */
  async stop(): Promise<void> {
    const { live, messages } = this.#state;
    const reply = messages.at(-1);
    if (live === null || reply === undefined || live.stage.kind === 'stopping') {
      return;
    }
    if (!isStored(reply)) {
      const question = messages.at(-2);
      this.#reading?.abort();
      this.#apply({
        type: 'refused',
        failure: null,
        unsent: question?.id === LOCAL_QUESTION ? question.content : null,
      });
      await this.#read();
      return;
    }
    this.#apply({ type: 'stopping' });
    try {
      await replies.stopReply(reply.id);
    } catch (error) {
      this.#apply({ type: 'refused', failure: failureOf(error), unsent: null });
      await this.#read();
    }
  }

  /** Shows the branch of another alternative to a message. */
  async switchTo(messageId: string): Promise<void> {
    const failure = await this.#change((id) => conversations.switchBranch(id, messageId));
    if (failure !== null) {
      this.#apply({ type: 'refused', failure, unsent: null });
    }
    await this.#read();
  }

  /** Changes the conversation's title, settings and the like; tells why it did not, else null. */
  change(change: ConversationChange): Promise<Failure | null> {
    return this.#change((id) => conversations.changeConversation(id, change));
  }

  /** Keeps what the reader thinks of a reply; null takes it back. */
  async judge(message: Message, feedback: Feedback | null): Promise<void> {
    this.#apply({ type: 'message-changed', message: { ...message, feedback } });
    try {
      await (feedback === null
        ? conversations.takeBackFeedback(message.id)
        : conversations.giveFeedback(message.id, feedback));
    } catch (error) {
      this.#apply({ type: 'message-changed', message });
      this.#apply({ type: 'refused', failure: failureOf(error), unsent: null });
    }
  }

  /** The reader has taken notice of the problem that is shown. */
  dismissProblem(): void {
    this.#apply({ type: 'problem-seen' });
  }

  async #create(settings: ConversationChange, signal: AbortSignal): Promise<string> {
    const conversation = await conversations.createConversation(settings);
    if (!signal.aborted) {
      this.#apply({ type: 'created', conversation });
    }
    this.#onStored();
    return conversation.id;
  }

  /** Why it came to nothing; null if it did not, or the conversation is shown no longer. */
  async #change(change: (id: string) => ReturnType<typeof conversations.getConversation>): Promise<Failure | null> {
    const { id } = this.#state;
    const { signal } = this.#opening;
    if (id === null) {
      return null;
    }
    try {
      const conversation = await change(id);
      if (!signal.aborted) {
        this.#apply({ type: 'changed', conversation });
      }
      this.#onStored();
      return null;
    } catch (error) {
      return signal.aborted ? null : failureOf(error);
    }
  }

  /** Reads the conversation and its newest messages; a reply that is written in it is read on. */
  async #read(): Promise<void> {
    const { id } = this.#state;
    const { signal } = this.#opening;
    if (id === null) {
      return;
    }
    try {
      const [conversation, page] = await Promise.all([
        conversations.getConversation(id, signal),
        conversations.listMessages(id, null, signal),
      ]);
      if (signal.aborted || this.#state.live !== null) {
        return;
      }
      this.#apply({ type: 'read', conversation, page });
      const last = page.messages.at(-1);
      if (last?.role === 'assistant' && isRunning(last)) {
        this.#apply({ type: 'attached' });
        const place = replies.placeAfter(last.content.length);
        void this.#ask({
          open: (reading) => replies.openEvents(last.id, place, reading),
          replyId: last.id,
          unsent: null,
        });
      }
    } catch (error) {
      if (!signal.aborted) {
        this.#apply({ type: 'unreadable', failure: failureOf(error) });
      }
    }
  }

  /** Has a reply come in, from the request for it to its end. */
  async #ask(asked: Asked): Promise<void> {
    const reading = new AbortController();
    this.#reading = reading;
    const stop = (): void => {
      reading.abort();
    };
    const opening = this.#opening.signal;
    opening.addEventListener('abort', stop);
    try {
      const response = await this.#opened(asked, reading.signal);
      if (response !== null) {
        for await (const event of replies.readReply(response, asked.replyId, reading.signal)) {
          if (reading.signal.aborted) {
            break;
          }
          this.#tell(event);
        }
      }
    } catch (error) {
      if (!reading.signal.aborted) {
        this.#flush();
        const stored = this.#state.messages.every(isStored);
        this.#apply({ type: 'refused', failure: failureOf(error), unsent: stored ? null : asked.unsent });
      }
    } finally {
      opening.removeEventListener('abort', stop);
    }
    if (!reading.signal.aborted) {
      this.#flush();
      this.#apply({ type: 'settled' });
      this.#onStored();
      await this.#read();
    }
  }

  /** Asks until the server takes the request, or refuses it for good. */
  async #opened(asked: Asked, signal: AbortSignal): Promise<Response | null> {
    while (!isAborted(signal)) {
      try {
        return await asked.open(signal);
      } catch (error) {
        const failure = failureOf(error);
        const seconds = retryAfterSeconds(failure);
        if (seconds === null || isAborted(signal)) {
          throw error;
        }
        this.#apply({ type: 'held', failure, seconds, at: new Date() });
        await pause(seconds, signal);
      }
    }
    return null;
  }

  #tell(event: ReplyEvent): void {
    if (event.type === 'delta' && this.#state.live?.stage.kind === 'streaming') {
      this.#pendingText += event.content;
      this.#cancelFrame ??= nextFrame(() => {
        this.#flush();
      });
      return;
    }
    this.#flush();
    this.#apply({ type: 'reply', event, at: new Date() });
  }

  #flush(): void {
    this.#cancelFrame?.();
    this.#cancelFrame = null;
    if (this.#pendingText !== '') {
      const content = this.#pendingText;
      this.#pendingText = '';
      this.#apply({ type: 'reply', event: { type: 'delta', content }, at: new Date() });
    }
  }

  #apply(event: ConversationEvent): void {
    const next = reduce(this.#state, event);
    if (next !== this.#state) {
      this.#state = next;
      for (const listener of this.#listeners) {
        listener();
      }
    }
  }
}

/** After how long a request that stored nothing is worth making again; null for one that never is. */
function retryAfterSeconds(failure: Failure): number | null {
  return failure.kind === 'busy' || failure.kind === 'not-ready' ? failure.retryAfterSeconds : null;
}

/** A page in the background gets no frames. */
const BACKGROUND_MILLIS = 200;

function nextFrame(then: () => void): () => void {
  if (document.hidden) {
    const timer = setTimeout(then, BACKGROUND_MILLIS);
    return () => {
      clearTimeout(timer);
    };
  }
  const frame = requestAnimationFrame(then);
  return () => {
    cancelAnimationFrame(frame);
  };
}
