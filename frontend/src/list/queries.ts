/** The key of everything that shows more than one conversation. */
export const CONVERSATIONS = ['conversations'] as const;

/** The key of the lists of conversations, of which there is one of archived ones. */
export const LISTS = [...CONVERSATIONS, 'list'] as const;

/** The key of what was found in conversations. */
export const SEARCHES = [...CONVERSATIONS, 'search'] as const;
