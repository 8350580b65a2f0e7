import type { Failure } from '../../api/failure';
import type { WindowPolicy } from '../../api/types';

/** What was said, and what can be done with it. */
export const transcript = {
  taskDone: 'Done',
  taskOpen: 'To do',
  conversation: 'Conversation',
  you: 'You',
  reply: 'Reply',
  systemMessage: 'System message',
  toolResult: 'Result of a tool',
  toolCall: (name: string): string => `Calls ${name}`,
  showAll: 'Show all',
  showLess: 'Show less',

  welcome: 'What would you like to know?',
  welcomeHint: 'Ask anything. The conversation is kept on this server, and you find it again in the list.',
  suggestionsLabel: 'Some ways to begin',
  suggestions: ['What is the capital of France?', 'Tell me a story about a llama.', 'Write a poem about rain.'],

  table: 'Table',
  code: (language: string): string => (language === '' ? 'Code' : `Code: ${language}`),
  copyCode: 'Copy the code',
  copy: 'Copy',
  copied: 'Copied',
  notCopied: 'The browser does not let the page copy. Select the text and copy it yourself.',
  plainNote: 'This message could not be laid out, so it stands as it was written.',

  edit: 'Edit',
  editLabel: 'Edit your message',
  editHint: 'Enter sends it as a branch of its own, Escape leaves it as it was.',
  sendEdit: 'Send',
  regenerate: 'Write another reply',
  continue: 'Continue',
  goodReply: 'Good reply',
  badReply: 'Bad reply',
  takeBack: 'Take back',
  reasonLabel: 'Why? (optional)',
  reasonUp: 'What was good about it?',
  reasonDown: 'What was wrong with it?',
  sendReason: 'Send',
  details: 'Details',
  actions: 'Actions',
  branches: (place: number, all: number): string => `Version ${place} of ${all}`,
  branchPlace: (place: number, all: number): string => `${place}/${all}`,
  earlierBranch: 'Previous version',
  laterBranch: 'Next version',
  whileReplying: 'Not possible while a reply is written.',
  notStoredYet: 'Not possible until the message is stored.',

  facts: {
    model: 'Model',
    completion: 'Reply',
    prompt: 'Prompt',
    firstToken: 'First token after',
    queue: 'Waited',
    prefill: 'Reading the prompt',
    decode: 'Writing',
    feedback: 'Your reason',
  },
  tokens: (count: number): string => (count === 1 ? '1 token' : `${number(count)} tokens`),
  tokensAtRate: (count: number, perSecond: number): string =>
    `${transcript.tokens(count)}, ${perSecond < 10 ? perSecond.toFixed(1) : perSecond.toFixed(0)} per second`,
  tokensCached: (count: number, cached: number): string =>
    cached === 0 ? transcript.tokens(count) : `${transcript.tokens(count)}, ${number(cached)} of them from the cache`,
  millis: (millis: number): string => (millis < 1000 ? `${Math.round(millis)} ms` : `${(millis / 1000).toFixed(1)} s`),

  sending: 'Sending',
  waiting: 'Waiting for the model',
  queued: (before: number): string =>
    before === 0 ? 'Waiting for the model. You are next.' : `Waiting for the model: ${number(before)} before you.`,
  reading: (processed: number, total: number, cached: number): string =>
    `Reading: ${number(processed)} of ${transcript.tokens(total)}${cached === 0 ? '' : `, ${number(cached)} from the cache`}`,
  readingShort: 'Reading the conversation',
  writing: 'Writing a reply',
  stopping: 'Stopping',
  readingOn: (failure: Failure): string =>
    failure.kind === 'offline'
      ? 'You are offline. Reading on as soon as you are back.'
      : 'Connection lost. Reading on as soon as the server is back.',
  stopped: 'Stopped.',
  interrupted: 'The server ended in the middle of this reply.',
  failed: (message: string | null): string =>
    message === null ? 'Something went wrong while this was written.' : `Something went wrong while this was written: ${message}`,
  cutOff: 'The reply reached the longest length allowed.',
  emptyReply: 'The reply is empty.',
  noReply: 'There is no reply to this yet.',
  askForReply: 'Have it replied to',
  dismiss: 'Dismiss',
  replyIs: (text: string): string => `Reply: ${text}`,

  opening: 'Opening the conversation',
  tryingAgain: 'Trying again.',
  earlier: 'Show earlier messages',
  loadingEarlier: 'Loading earlier messages',
  jumpToLatest: 'Jump to the latest',
  searchingMessage: 'Looking for the message',

  cut: (messages: number): string =>
    messages === 1 ? 'The model no longer sees the message above' : `The model no longer sees the ${number(messages)} messages above`,
  cutAs: (policy: WindowPolicy): string => {
    switch (policy) {
      case 'recap':
      case 'split':
        return 'They are summarised for it.';
      case 'recall':
        return 'Those that matter are brought back.';
      case 'sink-shift':
        return 'The very first turn stays.';
      case 'rolling':
      case 'strict':
        return '';
    }
  },
  showRecap: 'Show the summary',
  hideRecap: 'Hide the summary',
  noRecap: 'The summary cannot be shown.',
  recalled: 'Brought back for the last reply',

  /** The time of a message; the day as people say it. */
  when: (date: Date, now: Date): string => {
    const time = new Intl.DateTimeFormat('en', { timeStyle: 'short' }).format(date);
    const days = daysBetween(date, now);
    if (days < 2 && days >= 0) {
      return `${days === 0 ? 'Today' : 'Yesterday'}, ${time}`;
    }
    const withYear = date.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
    return `${new Intl.DateTimeFormat('en', { day: 'numeric', month: 'long', ...withYear }).format(date)}, ${time}`;
  },
};

function number(value: number): string {
  return value.toLocaleString('en');
}

/** How many midnights lie between two times. */
export function daysBetween(from: Date, to: Date): number {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  return Math.round((midnight(to) - midnight(from)) / 86_400_000);
}
