/** Whether the server answers: the browser has no network, nothing answers, or all is well. */
export type Connection = 'up' | 'offline' | 'down';

/** One request may fail for many reasons; this many in a row have one. */
const FAILURES = 2;

let failures = 0;
let connection: Connection = 'up';
const connectionListeners = new Set<() => void>();
const signedOutListeners = new Set<() => void>();

/** What the last requests tell of the connection to the server. */
export function getConnection(): Connection {
  return connection;
}

/** Calls back when the connection is lost or there again, until the returned function is called. */
export function onConnection(listener: () => void): () => void {
  return added(connectionListeners, listener);
}

/** Calls back when the server refuses a request for want of a key, until the returned function is called. */
export function onSignedOut(listener: () => void): () => void {
  return added(signedOutListeners, listener);
}

/** Takes note that a request was answered with this status. */
export function noteAnswer(status: number): void {
  // A proxy before the server, which has lost it.
  if (status === 502 || status === 504) {
    noteSilence();
    return;
  }
  failures = 0;
  become('up');
  if (status === 401) {
    tell(signedOutListeners);
  }
}

/** Takes note that a request was not answered. */
export function noteSilence(): void {
  failures++;
  if (!navigator.onLine) {
    become('offline');
  } else if (failures >= FAILURES) {
    become('down');
  }
}

function become(next: Connection): void {
  if (connection !== next) {
    connection = next;
    tell(connectionListeners);
  }
}

function added(listeners: Set<() => void>, listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function tell(listeners: ReadonlySet<() => void>): void {
  for (const listener of listeners) {
    listener();
  }
}
