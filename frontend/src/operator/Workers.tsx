import type { Worker, WorkerModel } from '../api/workers';
import { useMessages } from '../i18n/useMessages';
import { hitRate } from './history';
import { useDraining } from './useWorkers';

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
                <small>{operator.kind(worker.kind, worker.started_at)}</small>
                {worker.restarts > 0 && <small>{operator.restarts(worker.restarts)}</small>}
                <Drain worker={worker} />
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

/** Takes a worker out of service without losing replies, and puts it back. */
function Drain({ worker }: { readonly worker: Worker }) {
  const { app, operator } = useMessages();
  const { drain, pending, failure } = useDraining(worker.name);
  const draining = worker.state === 'draining';
  return (
    <>
      <button
        type="button"
        className="plain"
        disabled={pending}
        aria-label={draining ? operator.undrainOf(worker.name) : operator.drainOf(worker.name)}
        title={draining ? operator.undrainHint : operator.drainHint}
        onClick={() => {
          drain(!draining);
        }}
      >
        {draining ? operator.undrain : operator.drain}
      </button>
      {failure !== null && (
        <span className="failure" role="alert">
          {app.failure(failure)}
        </span>
      )}
    </>
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
        {model.failure !== null && <p className="failure">{model.failure}</p>}
      </td>
      <td>{model.running === null ? operator.nothing : operator.ofSequences(model.running, model.sequences)}</td>
      <td>{model.waiting === null ? operator.nothing : operator.number(model.waiting)}</td>
      <td>{rate === null ? operator.nothing : operator.percent(rate)}</td>
      <td>{model.cache === null ? operator.nothing : operator.number(model.cache.retained_tokens)}</td>
      <td>{model.cache === null ? operator.nothing : operator.bytes(model.cache.memory.bytes)}</td>
      <td>{model.cache === null ? operator.nothing : operator.bytes(model.cache.disk.bytes)}</td>
    </tr>
  );
}

function State({ state, label }: { readonly state: string; readonly label: string }) {
  return <span className={`state ${state}`}>{label}</span>;
}
