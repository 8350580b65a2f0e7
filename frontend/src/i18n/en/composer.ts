/** Where the reader writes, and the state of a reply on its way. */
export const composer = {
  message: 'Message',
  placeholder: 'Write a message',
  send: 'Send',
  stop: 'Stop',
  keysHint: 'Enter sends, Shift+Enter begins a new line.',
  stopHint: 'Replying. Escape stops it.',
  connecting: 'Connecting to the server.',
  nothingToSend: 'Write a message first.',
};
