/** The server's limits. */
export const MAX_STOP_SEQUENCES = 16;
export const MAX_STOP_CHARACTERS = 256;

/** Whether the server takes this as a text that ends a reply. */
export function isStopSequence(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_STOP_CHARACTERS;
}

/** A stop sequence as it is shown and typed on one line: line breaks, tabs and backslashes are escaped. */
export function escaped(sequence: string): string {
  return sequence.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

/** The stop sequence that was typed; a backslash that escapes nothing stands for itself. */
export function unescaped(typed: string): string {
  return typed.replace(/\\([ntr\\])/g, (_, letter: string) => ESCAPES[letter] ?? letter);
}
