import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';

import { importFile } from '../../api/imports';
import { listModels } from '../../api/models';
import { CONVERSATIONS } from '../queries';
import { DropTarget } from './DropTarget';
import { Importer } from './Importer';
import { ImportPanel } from './ImportPanel';

const ImportContext = createContext<(files: readonly File[]) => void>(() => undefined);

/** Takes files of conversations in. */
export function useImport(): (files: readonly File[]) => void {
  return useContext(ImportContext);
}

/** Lets files be dropped anywhere on the page, and shows what becomes of them wherever the reader goes meanwhile. */
export function ImportProvider({ children }: { readonly children: ReactNode }) {
  const queries = useQueryClient();
  const [importer] = useState(
    () =>
      new Importer(
        importFile,
        // Conversations may come from anywhere, with models of any name.
        async () => (await listModels())[0]?.id ?? null,
        // What was imported has its old place in time, which may be anywhere in the list.
        () => void queries.resetQueries({ queryKey: CONVERSATIONS }),
      ),
  );
  const [add] = useState(() => (files: readonly File[]) => {
    importer.add(files);
  });
  const state = useSyncExternalStore(importer.subscribe, importer.getState);
  const running = state.files.at(-1)?.stage === 'running';

  useEffect(() => {
    if (!running) {
      return;
    }
    const ask = (event: BeforeUnloadEvent): void => {
      event.preventDefault();
    };
    window.addEventListener('beforeunload', ask);
    return () => {
      window.removeEventListener('beforeunload', ask);
    };
  }, [running]);

  return (
    <ImportContext value={add}>
      {children}
      <DropTarget onFiles={add} />
      {state.files.length > 0 && <ImportPanel importer={importer} state={state} />}
    </ImportContext>
  );
}
