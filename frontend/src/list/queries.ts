/** The key of everything that shows more than one conversation. */
export const CONVERSATIONS = ['conversations'] as const;
