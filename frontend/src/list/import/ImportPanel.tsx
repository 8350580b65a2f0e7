import { X } from 'lucide-react';
import { useId } from 'react';

import { useMessages } from '../../i18n/useMessages';
import type { FileImport, Importer, ImportState } from './Importer';

interface ImportPanelProps {
  readonly importer: Importer;
  readonly state: ImportState;
}

/** How far imports are, and what became of them. */
export function ImportPanel({ importer, state }: ImportPanelProps) {
  const { app, list } = useMessages();
  const running = state.files.at(-1)?.stage === 'running';
  return (
    <section className="import-panel" aria-label={list.import}>
      <ul>
        {state.files.map((file) => (
          <FileView key={file.key} file={file} />
        ))}
      </ul>
      {state.waiting > 0 && <p className="quiet">{list.waiting(state.waiting)}</p>}
      {running ? (
        <button
          type="button"
          className="plain"
          onClick={() => {
            importer.cancel();
          }}
        >
          {app.cancel}
        </button>
      ) : (
        <button
          type="button"
          className="icon import-close"
          aria-label={app.close}
          title={app.close}
          onClick={() => {
            importer.dismiss();
          }}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </section>
  );
}

function FileView({ file }: { readonly file: FileImport }) {
  const { app, list } = useMessages();
  const nameId = useId();
  const { name, size, stage, sentBytes, imported, refused, refusals, failure } = file;
  const percent = size === 0 ? 100 : Math.min(100, Math.floor((100 * sentBytes) / size));
  const title = {
    running: list.importing(name),
    done: list.imported,
    cancelled: list.importCancelled,
    failed: list.importFailed,
  }[stage];
  return (
    <li>
      <p id={nameId} className="import-name" dir="auto">
        {title}
      </p>
      {stage === 'running' ? (
        <>
          {/* All sent, the server still has to read it: a bar that knows no end. */}
          <progress aria-labelledby={nameId} max={100} {...(percent < 100 ? { value: percent } : {})} />
          <p className="quiet">{percent < 100 ? list.sent(percent) : list.reading}</p>
        </>
      ) : (
        <p className="quiet import-name" dir="auto">
          {name}
        </p>
      )}
      <p role={stage === 'running' ? undefined : 'status'}>
        {(imported > 0 || stage !== 'running') && list.importedSoFar(imported)}
        {refused > 0 && `, ${list.refusedSoFar(refused)}`}
      </p>
      {failure !== null && <p className="problem">{app.failure(failure)}</p>}
      {(stage === 'failed' || stage === 'cancelled') && imported > 0 && <p className="quiet">{list.importStays}</p>}
      {refusals.length > 0 && stage !== 'running' && (
        <details>
          <summary>{list.refusedList}</summary>
          <ul className="refusals">
            {refusals.map(({ number, problem }) => (
              <li key={number} dir="auto">
                {list.refusedOne(number, problem)}
              </li>
            ))}
            {refused > refusals.length && <li>{list.refusedMore(refused - refusals.length)}</li>}
          </ul>
        </details>
      )}
    </li>
  );
}
