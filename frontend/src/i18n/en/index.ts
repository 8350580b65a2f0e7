import { app } from './app';
import { compare } from './compare';
import { composer } from './composer';
import { list } from './list';
import { operator } from './operator';
import { session } from './session';
import { settings } from './settings';
import { transcript } from './transcript';
import { window } from './window';

/** Every text that the page itself says, in English. Other languages have the same shape. */
export const en = { app, compare, composer, list, operator, session, settings, transcript, window };

export type Messages = typeof en;
