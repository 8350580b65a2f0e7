import { useEffect } from 'react';

import { Loading } from '../app/Loading';
import { useMessages } from '../i18n/useMessages';
import { Figure } from './Figure';
import { hitRates, levels, tokenRates, total } from './history';
import { useWorkers } from './useWorkers';
import { Workers } from './Workers';
import './operator.css';

/** What the server is doing: its workers and models, and the last minutes in figures. */
export default function OperatorPage() {
  const { app, operator } = useMessages();
  const { samples, failure } = useWorkers();
  const last = samples.at(-1);
  const heapMax = last?.report.server.heap_max_bytes ?? 0;
  useEffect(() => {
    document.title = `${operator.title} · ${app.name}`;
  }, [operator, app]);

  return (
    <div className="operator" role="region" aria-label={operator.title} tabIndex={0}>
      <div className="operator-page">
        <h1>{operator.title}</h1>
        {failure !== null && (
          <p className="note failure" role="alert">
            {operator.failures[failure.kind] ?? app.failure(failure)}
            {last !== undefined && ` ${operator.asOf(new Date(last.at))}`}
          </p>
        )}
        {failure === null && last === undefined && <Loading />}
        {last !== undefined && (
          <>
            <p className="quiet">{operator.server(last.report.server.version, last.report.server.uptime_seconds)}</p>
            <dl className="figures" aria-label={operator.lastMinutes}>
              <Figure
                name={operator.running}
                points={levels(samples, (report) => total(report, (model) => model.running))}
                max={total(last.report, (model) => model.sequences)}
                format={operator.number}
                beside={operator.ofPlaces(total(last.report, (model) => model.sequences))}
              />
              <Figure
                name={operator.waiting}
                points={levels(samples, (report) => total(report, (model) => model.waiting))}
                format={operator.number}
              />
              <Figure name={operator.tokenRate} points={tokenRates(samples)} format={operator.rate} />
              <Figure name={operator.hitRate} points={hitRates(samples)} max={1} format={operator.percent} />
              <Figure
                name={operator.heap}
                points={levels(samples, ({ server }) => server.heap_used_bytes)}
                format={operator.bytes}
                {...(heapMax > 0 ? { max: heapMax, beside: operator.ofBytes(heapMax) } : {})}
              />
            </dl>
            <h2>{operator.workers}</h2>
            <Workers workers={last.report.workers} />
          </>
        )}
      </div>
    </div>
  );
}
