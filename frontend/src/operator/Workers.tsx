import type { Worker, WorkerModel } from '../api/workers';
import { useMessages } from '../i18n/useMessages';
import { hitRate } from './history';

/** All workers with their models, as they are now. */
export function Workers({ workers }: { readonly workers: readonly Worker[] }) {
  const { operator } = useMessages();
  return (
    // It scrolls sideways on a phone, which the keyboard must reach, too.
    <div className="workers" role="region" aria-label={operator.workers} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {operator.columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {workers.map((worker) => (
          <tbody key={worker.name}>
            <tr className="worker">
              <th scope="rowgroup" colSpan={operator.columns.length}>
                <span dir="auto">{worker.name}</span>
                <State state={worker.state} label={operator.state(worker.state)} />
                <small>{operator.kind(worker.kind, worker.started_at ?? null)}</small>
              </th>
            </tr>
            {worker.models.map((model) => (
              <ModelRow key={model.name} model={model} />
            ))}
          </tbody>
        ))}
      </table>
      {workers.length === 0 && <p className="hint">{operator.noWorkers}</p>}
    </div>
  );
}

function ModelRow({ model }: { readonly model: WorkerModel }) {
  const { operator } = useMessages();
  const rate = hitRate(model);
  return (
    <tr>
      <th scope="row" dir="auto">
        {model.name}
      </th>
      <td>
        <State state={model.state} label={operator.state(model.state)} />
        {typeof model.failure === 'string' && <p className="failure">{model.failure}</p>}
      </td>
      <td>{operator.ofSequences(model.running, model.sequences ?? null)}</td>
      <td>{operator.number(model.waiting)}</td>
      <td>{rate === null ? operator.nothing : operator.percent(rate)}</td>
      <td>{operator.number(model.cache?.retained_tokens ?? 0)}</td>
      <td>{operator.bytes(model.cache?.memory?.bytes ?? 0)}</td>
      <td>{operator.bytes(model.cache?.disk?.bytes ?? 0)}</td>
    </tr>
  );
}

function State({ state, label }: { readonly state: string; readonly label: string }) {
  return <span className={`state ${state}`}>{label}</span>;
}
