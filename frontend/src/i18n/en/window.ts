const number = new Intl.NumberFormat('en');

/** What of the conversation goes to the model. */
export const window = {
  title: 'Context window',
  lead: 'The model reads a limited number of tokens: the conversation and its reply must fit together. A token is a short piece of text, often part of a word.',
  show: 'Show the context window.',
  meter: (used: number, total: number): string => `${number.format(used)} of ${number.format(total)} tokens used.`,
  percent: (part: number): string => `${part > 0 && part < 0.01 ? '<1' : Math.round(part * 100)}%`,
  number: (value: number): string => number.format(value),

  shares: {
    system: 'System prompt',
    recap: 'Summary',
    messages: 'Messages',
    draft: 'Your draft',
    reserved: 'Reserved for the reply',
    free: 'Free',
  },
  missing: (tokens: number): string => `${number.format(tokens)} tokens too many: something has to be left out.`,

  whenFull: 'When the window is full',
  serverDecides: 'What the server is set to.',
  policies: {
    rolling: {
      name: 'Leave out the oldest',
      about: 'The oldest messages are left out. The model knows nothing of them.',
    },
    recap: {
      name: 'Summarise the oldest',
      about: 'The oldest messages are left out; a summary that the model writes stands for them.',
    },
    recall: {
      name: 'Bring back what fits the question',
      about: 'The oldest messages are left out; those that share rare words with the newest message are brought back.',
    },
    'sink-shift': {
      name: 'Keep the beginning',
      about: 'The first message stays, those after it are left out little by little. Quickest for long conversations.',
    },
    split: {
      name: 'Only a summary and the newest',
      about: 'All messages before the newest are left out; a summary stands for them.',
    },
    strict: {
      name: 'Leave out nothing',
      about: 'Nothing is left out. When the window is full, messages are refused.',
    },
  },

  leftOut: 'Left out',
  nothingCut: 'Nothing: the model sees the whole conversation.',
  cut: (count: number): string =>
    count === 1
      ? 'The model does not see the oldest message. It stays in the conversation.'
      : `The model does not see ${number.format(count)} messages. They stay in the conversation.`,
  recalled: (count: number): string =>
    count === 1 ? '1 of them was brought back for the last reply.' : `${number.format(count)} of them were brought back for the last reply.`,
  recapIs: 'This summary stands for them:',

  last: 'Last reply',
  next: 'Next reply',
  policy: 'When full',
  facts: {
    prompt_tokens: 'Tokens read',
    reserved_tokens: 'Reserved for the reply',
    kept_messages: 'Messages kept',
    cut_messages: 'Messages left out',
    recap_tokens: 'Tokens of the summary',
    recalled_messages: 'Messages brought back',
    truncated_tokens: 'Tokens cut out of the newest',
  },
};
