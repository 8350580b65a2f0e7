import type { Failure } from './api/failure';
import type { Statistics } from './api/stopwatch';

/** Every text that the page itself says, in English. */
export const messages = {
  wordmark: 'Corral',
  newConversation: 'New conversation',
  model: 'Model',

  welcome: 'What would you like to know?',
  welcomeHint: 'Ask anything. Nothing is stored: the conversation is gone once you leave this page.',
  suggestionsLabel: 'Some ways to begin',
  suggestions: ['What is the capital of France?', 'Tell me a story about a llama.', 'Write a poem about rain.'],

  conversation: 'Conversation',
  you: 'You',
  reply: 'Reply',
  waiting: 'Waiting for the reply',
  stopped: 'Stopped.',
  cutOff: 'The reply reached the longest length allowed.',
  tryAgain: 'Try again',
  jumpToLatest: 'Jump to the latest',
  replyIs: (text: string): string => `Reply: ${text}`,
  postponed: (seconds: number): string =>
    `The model is not ready yet. The page asks again every ${seconds === 1 ? 'second' : `${seconds} seconds`}.`,

  message: 'Message',
  placeholder: 'Write a message',
  send: 'Send',
  stop: 'Stop',
  keysHint: 'Enter sends, Shift+Enter begins a new line.',
  stopHint: 'Replying. Escape stops it.',
  connecting: 'Connecting to the server.',
  nothingToSend: 'Write a message first.',

  /** One sentence for the reader on what went wrong, and what to do. */
  failure: (failure: Failure): string => {
    switch (failure.kind) {
      case 'offline':
        return 'You are offline. Check your connection to the network.';
      case 'unreachable':
        return 'The server cannot be reached.';
      case 'not-ready':
        return 'The model is not ready yet.';
      case 'busy':
        return 'The server is busy with other conversations. Try again in a moment.';
      case 'too-long':
        return 'This conversation has become too long for the model. Begin a new one to go on.';
      case 'connection-lost':
        return 'The connection was lost before the reply was complete.';
      case 'no-model':
        return 'This server has no model to talk with.';
      case 'refused':
        return failure.message ?? 'Something went wrong on the server.';
    }
  },

  /** Said of a failure after which the page keeps trying to connect. */
  reconnecting: (failure: Failure): string => `${messages.failure(failure)} The page keeps trying.`,

  statistics: ({ completionTokens, tokensPerSecond }: Statistics): string => {
    const tokens = completionTokens === 1 ? '1 token' : `${completionTokens} tokens`;
    return tokensPerSecond === null ? tokens : `${tokens} · ${rate(tokensPerSecond)} tokens/s`;
  },
};

function rate(perSecond: number): string {
  return perSecond < 10 ? perSecond.toFixed(1) : perSecond.toFixed(0);
}
