import type { GroupName } from '../../list/groups';

/** The list of conversations: search, sharing, export and import. */
export const list = {
  conversations: 'Conversations',
  archived: 'Archived conversations',
  showArchived: 'Show archived conversations',
  backFromArchived: 'Back to the conversations',
  group: (name: GroupName, thisYear: number): string => {
    switch (name.kind) {
      case 'pinned':
        return 'Pinned';
      case 'today':
        return 'Today';
      case 'yesterday':
        return 'Yesterday';
      case 'week':
        return 'Last 7 days';
      case 'month':
        return new Intl.DateTimeFormat('en', {
          month: 'long',
          ...(name.year === thisYear ? {} : { year: 'numeric' }),
        }).format(new Date(name.year, name.month));
    }
  },
  none: 'No conversations yet. Write a message to begin one.',
  noneArchived: 'Nothing is archived. Archived conversations are kept here, out of the way.',
  more: 'More conversations',
  replying: 'A reply is being written',

  actions: (title: string): string => `Actions for ${title}`,
  pin: 'Pin',
  unpin: 'Unpin',
  rename: 'Rename',
  title: 'Title',
  archive: 'Archive',
  unarchive: 'Move back to the list',
  share: 'Share',
  exportMarkdown: 'Export as Markdown',
  exportJson: 'Export as JSON',
  exportShareGpt: 'Export as ShareGPT',
  delete: 'Delete',
  deleted: (title: string): string => `“${shortened(title)}” was deleted.`,
  notDeleted: (reason: string): string => `It could not be deleted. ${reason}`,
  notChanged: (reason: string): string => `The change was not kept. ${reason}`,

  search: 'Search',
  clearSearch: 'Clear the search',
  searching: 'Searching',
  found: (count: number, more: boolean): string =>
    `${more ? 'More than ' : ''}${count === 1 ? '1 conversation' : `${count} conversations`} found`,
  nothingFound: (query: string): string => `Nothing found for “${shortened(query)}”.`,
  moreFound: 'More results',

  shareTitle: (title: string): string => `Share “${shortened(title)}”`,
  shareWhat:
    'Whoever has the link can read the title and the messages of this branch as they are now, without signing in. Later messages, other branches, the system prompt and your settings are not shown.',
  makeLink: 'Make a link',
  link: 'Link',
  copy: 'Copy',
  copied: 'Copied',
  copyByHand: 'Press Ctrl+C to copy the link.',
  linkOnce: 'The link is shown this once. You can make another one at any time.',
  endLinks: 'End all links',
  linksEnded: 'All links to this conversation have ended.',
  sharedEnded: 'There is no conversation behind this link',
  sharedEndedHint: 'The link may have been ended by whoever shared it, or is not complete.',
  sharedNote: 'A shared conversation, as it was when the link was made.',
  earlier: 'Earlier messages',
  you: 'You',
  model: 'Model',
  tool: 'Tool',

  compare: 'Compare models',
  compareTitle: 'Compare',
  settings: 'Settings',
  operator: 'Operator',
  menu: 'More',
  exportAllJson: 'Export all (JSON)',
  exportAllShareGpt: 'Export all (ShareGPT)',
  import: 'Import conversations',
  signOut: 'Sign out',
  signedInAs: (name: string): string => `Signed in as ${name}`,

  dropHere: 'Drop files of conversations here',
  dropHint: 'Exports of Corral and ChatGPT, ShareGPT data and FastChat logs.',
  importing: (file: string): string => `Importing ${file}`,
  waiting: (count: number): string => (count === 1 ? '1 more file waits' : `${count} more files wait`),
  sent: (percent: number): string => `${percent} % sent`,
  reading: 'The server reads on',
  importedSoFar: (count: number): string => (count === 1 ? '1 conversation imported' : `${count} conversations imported`),
  refusedSoFar: (count: number): string => `${count} refused`,
  imported: 'Import finished',
  importCancelled: 'Import cancelled',
  importFailed: 'Import failed',
  importStays: 'What was imported until then stays.',
  refusedOne: (number: number, problem: string): string => `No. ${number}: ${problem}`,
  refusedMore: (count: number): string => `and ${count} more`,
  refusedList: 'Refused',
};

/** Texts of people can be of any length. */
function shortened(text: string): string {
  const letters = Array.from(text);
  return letters.length > 60 ? `${letters.slice(0, 60).join('')}…` : text;
}
