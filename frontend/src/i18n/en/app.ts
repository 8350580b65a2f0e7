import type { Failure } from '../../api/failure';

/** The frame of the page, and what goes wrong anywhere in it. */
export const app = {
  name: 'Corral',
  loading: 'Loading',
  skipToMessage: 'Skip to the content',
  newConversation: 'New conversation',
  untitled: 'Untitled conversation',
  openList: 'Show conversations',
  closeList: 'Hide conversations',
  close: 'Close',
  cancel: 'Cancel',
  undo: 'Undo',
  retry: 'Try again',
  notFound: 'There is nothing at this address. It may have been deleted, or belong to somebody else.',
  toNewConversation: 'Begin a new conversation',
  nothingHere: 'Nothing here',
  broken: 'This page has stopped working',
  brokenHint: 'Nothing that was sent is lost. Reload the page to go on.',
  reload: 'Reload',
  offline: 'You are offline. What you write stays here until you are back.',
  away: 'The server cannot be reached. Trying again.',
  shortcuts: 'Keyboard shortcuts',
  /** Keys, divided by spaces, and what they do. */
  shortcutKeys: [
    ['Ctrl K', 'Search (also with / outside of text fields)'],
    ['Ctrl Shift O', 'New conversation'],
    ['↑ ↓', 'Move through the conversations'],
    ['F2', 'Rename the conversation in the list'],
    ['Delete', 'Delete the conversation in the list'],
    ['Enter', 'Send the message'],
    ['Shift Enter', 'New line'],
    ['Esc', 'Stop the reply, or close what is open'],
    ['?', 'Show these shortcuts'],
  ] as readonly (readonly [string, string])[],

  /** One sentence for the reader on what went wrong, and what to do. */
  failure: (failure: Failure): string => {
    switch (failure.kind) {
      case 'offline':
        return 'You are offline. Check your connection to the network.';
      case 'unreachable':
        return 'The server cannot be reached.';
      case 'not-ready':
        return 'The model is still loading.';
      case 'busy':
        return 'The server is busy with other conversations.';
      case 'signed-out':
        return 'You are signed out.';
      case 'forbidden':
        return 'Your key does not allow this.';
      case 'not-found':
        return 'This is no longer there.';
      case 'too-long':
        return 'The message is too long for the model. Shorten it, or choose another way to cut the context window.';
      case 'reply-running':
        return 'Another reply is being written in this conversation. Wait for its end, or stop it.';
      case 'changed':
        return 'This was changed elsewhere in the meantime. Look at it again first.';
      case 'connection-lost':
        return 'The connection was lost before the server answered. Look whether your message is there before you send it again.';
      case 'refused':
        return failure.message ?? 'Something went wrong on the server.';
    }
  },
  retryIn: (seconds: number): string => `Trying again in ${seconds === 1 ? '1 second' : `${seconds} seconds`}.`,
};
