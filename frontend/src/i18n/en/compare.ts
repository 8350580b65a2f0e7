import type { WindowPolicy } from '../../api/types';

/** Two replies side by side. */
export const compare = {
  title: 'Side by side',
  anew: 'New comparison',
  sides: 'Sides',
  first: 'A',
  second: 'B',
  side: (name: string): string => `Side ${name}`,
  settings: 'Settings',
  settingsOf: (name: string): string => `Settings of ${name}`,
  model: 'Model',
  temperature: 'Temperature',
  temperatureRange: 'From 0 to 2.',
  window: 'When the window is full',
  system: 'System prompt',
  serverDefault: 'Server’s default',
  modelDefault: 'The model’s own',
  summary: (model: string, temperature: number | null, window: WindowPolicy | null): string =>
    [model, temperature === null ? null : `temperature ${temperature}`, window].filter((part) => part !== null).join(', '),
  message: 'Message to both',
  placeholder: 'Write to both',
  send: 'Send to both',
  stopBoth: 'Stop both',
  sendAgain: 'Send again',
  carryOn: (name: string): string => `Carry on with ${name}`,
  otherDeleted: 'The other conversation is deleted.',
  conversationTitle: (beginning: string, name: string): string => `${name}: ${beginning}`,
};
