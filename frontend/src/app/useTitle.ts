import { useEffect } from 'react';

import { useMessages } from '../i18n/useMessages';

/** Names what is shown in the title of the browser's window; null for the product alone. */
export function useTitle(title: string | null): void {
  const { app } = useMessages();
  useEffect(() => {
    document.title = title === null ? app.name : `${title} · ${app.name}`;
  }, [title, app]);
}
