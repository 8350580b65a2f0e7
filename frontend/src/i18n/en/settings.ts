import type { Model } from '../../api/types';
import type { Parameter, Typed } from '../../settings/parameters';

const number = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const BYTES = ['B', 'kB', 'MB', 'GB', 'TB'];

/** Models, parameters, and how the page looks. */
export const settings = {
  title: 'Settings',
  panel: 'Settings',
  open: 'Settings of this conversation',
  lead: 'These hold for this conversation, from the next reply on.',
  leadFresh: 'These hold for the conversation that you are about to begin.',
  all: 'All settings of this browser',

  model: 'Model',
  notServed: 'no longer served',
  parameterCount: (count: number): string => `${short.format(count)} parameters`,
  bytes: (bytes: number): string => {
    const power = Math.min(BYTES.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3));
    return `${Number((bytes / 1000 ** power).toPrecision(3))} ${BYTES[power] ?? ''}`;
  },
  contextWindow: (tokens: number, trained: number | null): string =>
    `Window of ${number.format(tokens)} tokens${trained === null || trained === tokens ? '' : ` (trained with ${number.format(trained)})`}`,
  license: (license: string): string => `License ${license}`,
  modelState: (model: Model): string => {
    switch (model.state) {
      case 'ready':
        return 'Ready';
      case 'loading':
        return model.progress == null ? 'Loading' : `Loading, ${Math.floor(model.progress * 100)} %`;
      case 'failed':
        return 'Could not be loaded';
    }
  },

  system: 'System prompt',
  systemKinds: { model: "Model's own", none: 'None', own: 'Custom' },
  systemAbout: {
    model: 'What the model comes with, if anything.',
    none: 'The model is told nothing before the conversation.',
    own: 'The model reads this before everything else, with every reply.',
  },
  systemPlaceholder: 'You are a helpful assistant.',
  takePreset: 'Take a preset …',
  presets: [
    { name: 'Concise', text: 'Answer in as few words as the question allows. Leave out introductions, repetitions and offers of further help.' },
    {
      name: 'Teacher',
      text: 'You are a patient teacher. Explain step by step in plain words, give a small example for each idea, and end with a question that shows whether it was understood.',
    },
    {
      name: 'Translator',
      text: 'Translate what the user writes into English, or into Chinese if it is English. Keep meaning, tone and formatting. Reply with the translation alone.',
    },
    {
      name: 'Code reviewer',
      text: 'You review source code. Name bugs first, then risks, then what could be simpler, each with the line and a corrected version. Say so if you find nothing.',
    },
    {
      name: 'Editor',
      text: "Improve the user's text: correct mistakes, shorten sentences, keep the author's voice. Reply with the improved text, then list the most important changes.",
    },
  ],
  presetName: 'Name of the preset',
  savePreset: 'Save as preset',
  presetSaved: (name: string): string => `“${name}” is saved in this browser.`,
  presetDeleted: (name: string): string => `“${name}” is deleted.`,
  presetTaken: 'Another preset has this name.',
  presetText: (name: string): string => `Text of “${name}”`,
  presetsTitle: 'Own system prompts',
  noPresets: 'You have saved none yet.',
  newPreset: 'Text of a new preset',

  serverDefault: "Server's default",
  replies: 'Replies',
  resetAll: 'Reset all',
  reset: (name: string): string => `Reset: ${name}`,
  slider: (name: string): string => `${name}, slider`,
  usual: (value: string): string => `default: ${value}`,
  wrongNumber: (kind: Exclude<Typed['kind'], 'empty' | 'number'>, { min, max }: Parameter): string => {
    switch (kind) {
      case 'no-number':
        return 'Write a number, or leave it empty for the default.';
      case 'not-whole':
        return 'Write a whole number.';
      case 'out-of-range':
        return `Must be between ${number.format(min)} and ${number.format(max)}.`;
    }
  },
  parameters: {
    temperature: {
      name: 'Temperature',
      about: 'How bold the choice of words is: at 0 always the likeliest, at 2 nearly anything.',
      usual: '1',
    },
    max_tokens: {
      name: 'Longest reply, in tokens',
      about: 'Where a reply is cut off. Room for as much is kept free in the window, up to half of it.',
      usual: 'no limit',
    },
    top_p: {
      name: 'Top P',
      about: 'Chooses among the likeliest tokens that together have this probability. 1 allows all.',
      usual: '1',
    },
    top_k: { name: 'Top K', about: 'Chooses among this many of the likeliest tokens. 0 allows all.', usual: '0' },
    min_p: {
      name: 'Min P',
      about: 'Leaves out tokens that are less likely than this part of the likeliest. 0 allows all.',
      usual: '0',
    },
    presence_penalty: {
      name: 'Presence penalty',
      about: 'Above 0, makes tokens that were used before less likely, however often: new subjects come up sooner.',
      usual: '0',
    },
    frequency_penalty: {
      name: 'Frequency penalty',
      about: 'Above 0, makes a token less likely with each use: fewer phrases come back word for word.',
      usual: '0',
    },
    repetition_penalty: {
      name: 'Repetition penalty',
      about: 'Divides the score of tokens that were used before. 1 is off; 1.1 helps models that repeat themselves.',
      usual: '1',
    },
    seed: {
      name: 'Seed',
      about: 'With the same whole number, the same conversation gets the same reply.',
      usual: 'random',
    },
  },
  stop: {
    name: 'Stop sequences',
    about: 'A reply ends before any of these texts. Write \\n for a line break.',
    placeholder: 'Text',
  },
  stopFull: (count: number): string => `There are ${count}, which is the limit`,
  stopTooLong: (characters: number): string => `At most ${characters} characters.`,
  add: 'Add',
  remove: (what: string): string => `Remove: ${what}`,

  useAsDefaults: 'Use for new conversations',
  defaultsSaved: 'New conversations in this browser begin with these settings.',
  defaults: 'New conversations',
  defaultsAbout: 'What conversations that you begin in this browser are set to. Those that exist stay as they are.',

  appearance: 'Appearance',
  theme: 'Colours',
  themes: { system: "System's", light: 'Light', dark: 'Dark' },
  language: 'Language',

  localData: 'Data in this browser',
  localDataAbout:
    'This browser keeps drafts, defaults, your system prompts and how the page looks. Conversations are on the server and are not touched.',
  clear: 'Clear the data in this browser',
  clearSure: 'This cannot be undone.',
  cleared: 'This browser keeps nothing of the page any more.',
  version: (version: string): string => `Corral ${version}`,
};
