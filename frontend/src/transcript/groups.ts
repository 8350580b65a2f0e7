import type { CSSProperties } from 'react';

import type { Message } from '../api/types';

/** Messages that the browser lays out, or leaves alone, together. */
export interface Group {
  readonly number: number;
  readonly messages: readonly Message[];
}

/**
 * So many messages make a group. Browsers look at each element that they may leave alone in every frame, so thousands of messages
 * need few of those.
 */
const MESSAGES = 32;

/** The messages in groups that stay the same when earlier ones are read or new ones come. */
export function groupsOf(messages: readonly Message[]): readonly Group[] {
  const groups: { readonly number: number; readonly messages: Message[] }[] = [];
  for (const message of messages) {
    const number = Math.floor(message.depth / MESSAGES);
    const group = groups.at(-1);
    if (group?.number === number) {
      group.messages.push(message);
    } else {
      groups.push({ number, messages: [message] });
    }
  }
  return groups;
}

/** The room that is kept for a group that is not laid out; undefined for the one with the last message, which always is. */
export function roomFor(messages: readonly Message[], last: Message | undefined): CSSProperties | undefined {
  if (messages.at(-1) === last) {
    return { contentVisibility: 'visible' };
  }
  return { containIntrinsicSize: `auto ${messages.reduce((height, message) => height + likelyHeight(message) + MARGIN, 0)}px` };
}

const MARGIN = 8;
const LINE = 26;
const BESIDE_TEXT = 80;

/** How tall a message will be, about: the scroll bar needs to know before the message is laid out. */
export function likelyHeight({ content, role }: Message): number {
  // Long texts are not counted out, since this is asked often.
  const lines = Math.ceil(content.length / (role === 'user' ? 60 : 75));
  return BESIDE_TEXT + LINE * Math.min(lines, role === 'user' ? 20 : 4000);
}
