import { HISTORY_MILLIS, type Point } from './history';

const WIDTH = 120;
const HEIGHT = 28;

interface SparklineProps {
  readonly points: readonly Point[];
  /** The value at the upper edge; the greatest of the values if absent. */
  readonly max?: number;
  /** What the chart shows, for those who do not see it. */
  readonly label: string;
}

/** A line of the last minutes' values, the newest at the end. Where nothing was measured there is a gap. */
export function Sparkline({ points, max, label }: SparklineProps) {
  return (
    <svg className="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={label}>
      {strokes(points, max).map((stroke) => (
        <polyline key={stroke} points={stroke} />
      ))}
    </svg>
  );
}

/** The points of each unbroken line, as SVG has them. */
export function strokes(points: readonly Point[], max?: number): readonly string[] {
  const end = points.at(-1)?.at ?? 0;
  const top = Math.max(max ?? 0, ...points.map(({ value }) => value ?? 0)) || 1;
  const lines: string[][] = [[]];
  for (const { at, value } of points) {
    if (value === null) {
      lines.push([]);
    } else {
      const x = WIDTH * (1 - (end - at) / HISTORY_MILLIS);
      // Half a line's width stays inside at both edges.
      const y = 1 + (HEIGHT - 2) * (1 - value / top);
      lines.at(-1)?.push(`${x.toFixed(1)},${y.toFixed(1)}`);
    }
  }
  // A single value is drawn as a dot, which is a line to where it is already.
  return lines.filter((line) => line.length > 0).map((line) => (line.length === 1 ? [...line, ...line] : line).join(' '));
}
