import { useMessages } from '../i18n/useMessages';

/** Says whether an item of a list of tasks is done. */
export function TaskMark({ done }: { readonly done: boolean }) {
  const { transcript } = useMessages();
  return <input type="checkbox" checked={done} disabled readOnly aria-label={done ? transcript.taskDone : transcript.taskOpen} />;
}
