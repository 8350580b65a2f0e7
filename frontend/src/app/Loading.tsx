import { useMessages } from '../i18n/useMessages';

/** Stands where something will be soon. */
export function Loading() {
  const { app } = useMessages();
  return (
    <p className="loading" role="status">
      {app.loading}
    </p>
  );
}
