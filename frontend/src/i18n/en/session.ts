/** Signing in and out. */
export const session = {
  signIn: 'Sign in',
  why: 'This server asks for an API key.',
  signedOut: 'Your key is taken no longer. Sign in to go on; what you were writing is still here.',
  key: 'API key',
  wrongKey: 'This key is not right, or has been revoked.',
  noKey: 'Enter a key first.',
  tooMany: 'Too many tries.',
  whereFrom: 'If you have none, ask whoever runs this server for one.',
  unreachable: 'The server cannot be reached',
  offline: 'You are offline',
  trying: 'Trying again until it is back.',
  failed: 'The page cannot begin',
  notSignedOut: (reason: string): string => `You are still signed in. ${reason}`,
};
