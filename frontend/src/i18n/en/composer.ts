import type { SendBlock } from '../../composer/sendBlock';
import { app } from './app';

const number = new Intl.NumberFormat('en');
const plural = (count: number, one: string, more: string): string => `${number.format(count)} ${count === 1 ? one : more}`;

/** Where the reader writes, and the state of a reply on its way. */
export const composer = {
  message: 'Message',
  placeholder: 'Write a message',
  send: 'Send',
  stop: 'Stop',
  keysHint: 'Enter sends, Shift+Enter begins a new line.',
  stopHint: 'Replying. Escape stops it.',
  rename: 'Rename',
  title: 'Title',
  nothingToSend: 'Write a message first.',

  /** Why no message can be sent, and what to do. */
  block: (block: SendBlock): string => {
    switch (block.kind) {
      case 'connecting':
        return 'Connecting to the server.';
      case 'away':
        return `${app.failure(block.failure)} Trying again.`;
      case 'opening':
        return 'The conversation is not open yet.';
      case 'no-model':
        return 'The server serves no model. Whoever runs it can add one.';
      case 'not-served':
        return `The model ${block.model} is no longer served. Choose another one above.`;
      case 'loading':
        return block.progress === null
          ? `The model ${block.model} is loading.`
          : `The model ${block.model} is loading: ${Math.floor(block.progress * 100)} %.`;
      case 'failed':
        return `The model ${block.model} could not be loaded${block.reason === null ? '' : `: ${block.reason}`}`;
      case 'replying':
        return 'Wait for the end of the reply, or stop it.';
    }
  },

  characters: (count: number): string => plural(count, 'character', 'characters'),
  tokens: (count: number, estimated: boolean): string =>
    `${estimated ? 'about ' : ''}${plural(count, 'token', 'tokens')}`,
  left: (tokens: number): string => `${number.format(tokens)} left`,
  cuts: 'older messages make room',
  tooLong: (tokens: number, total: number, estimated: boolean): string =>
    `Too long for the model: ${estimated ? 'about ' : ''}${number.format(tokens)} tokens, and its window has ${number.format(total)}. Shorten the message.`,
  refused: (total: number): string =>
    `This does not fit beside the conversation into the window of ${number.format(total)} tokens, and nothing may be left out. Shorten it, or choose another way to make room.`,
};
