import { WifiOff } from 'lucide-react';

import { useMessages } from '../i18n/useMessages';
import { useConnection } from './useConnection';

/** Says that the server is away, as long as it is. */
export function Banner() {
  const { app } = useMessages();
  const connection = useConnection();
  return (
    <div role="status">
      {connection !== 'up' && (
        <p className="banner">
          <WifiOff aria-hidden="true" />
          {connection === 'offline' ? app.offline : app.away}
        </p>
      )}
    </div>
  );
}
