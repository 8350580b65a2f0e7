import { useMessages } from '../i18n/useMessages';
import type { Point } from './history';
import { Sparkline } from './Sparkline';

interface FigureProps {
  readonly name: string;
  readonly points: readonly Point[];
  /** Greatest possible value, where there is one. */
  readonly max?: number;
  readonly format: (value: number) => string;
  /** Something smaller beside the value. */
  readonly beside?: string;
}

/** A figure as it is now and how it came there. */
export function Figure({ name, points, max, format, beside }: FigureProps) {
  const { operator } = useMessages();
  const value = points.at(-1)?.value ?? null;
  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]));
  const range = values.length === 0 ? null : { least: format(Math.min(...values)), most: format(Math.max(...values)) };
  return (
    <div className="figure">
      <dt>{name}</dt>
      <dd>
        <strong>{value === null ? operator.nothing : format(value)}</strong>
        {beside !== undefined && <span> {beside}</span>}
        <Sparkline points={points} label={operator.chart(name, range)} {...(max === undefined ? {} : { max })} />
      </dd>
    </div>
  );
}
