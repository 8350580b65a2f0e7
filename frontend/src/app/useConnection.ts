import { useSyncExternalStore } from 'react';

import { getConnection, onConnection, type Connection } from '../api/connection';

/** Whether the server answers. */
export function useConnection(): Connection {
  return useSyncExternalStore(onConnection, getConnection);
}
