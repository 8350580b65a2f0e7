import type { ReplyParameters } from '../api/types';

/** Parameters of replies that are one number. */
export type ParameterName = Exclude<keyof ReplyParameters, 'window' | 'stop'>;

/** The range of a parameter as the server takes it, and what of it a slider offers. */
export interface Parameter {
  readonly name: ParameterName;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where the slider begins and ends; absent where a slider makes no sense. */
  readonly slider?: readonly [number, number];
  /** What the server does unless told otherwise; null where that is no number. */
  readonly usual: number | null;
}

/** Numbers beyond this are not exact in JavaScript, though the server takes them. */
const MAX_SEED = Number.MAX_SAFE_INTEGER;
const MAX_INT = 2_147_483_647;

/** In the order in which they are shown. */
export const PARAMETERS: readonly Parameter[] = [
  { name: 'temperature', min: 0, max: 2, step: 0.05, slider: [0, 2], usual: 1 },
  { name: 'max_tokens', min: 1, max: MAX_INT, step: 1, slider: [1, 4096], usual: null },
  { name: 'top_p', min: 0, max: 1, step: 0.01, slider: [0, 1], usual: 1 },
  { name: 'top_k', min: 0, max: MAX_INT, step: 1, slider: [0, 200], usual: 0 },
  { name: 'min_p', min: 0, max: 1, step: 0.01, slider: [0, 1], usual: 0 },
  { name: 'presence_penalty', min: -2, max: 2, step: 0.05, slider: [-2, 2], usual: 0 },
  { name: 'frequency_penalty', min: -2, max: 2, step: 0.05, slider: [-2, 2], usual: 0 },
  { name: 'repetition_penalty', min: 0.01, max: 10, step: 0.01, slider: [0.5, 2], usual: 1 },
  { name: 'seed', min: -MAX_SEED, max: MAX_SEED, step: 1, usual: null },
];

/** The same, for a model: a reply is never longer than its window. */
export function parametersFor(contextTokens: number | undefined): readonly Parameter[] {
  if (contextTokens === undefined) {
    return PARAMETERS;
  }
  return PARAMETERS.map((parameter) =>
    parameter.name === 'max_tokens' ? { ...parameter, max: contextTokens, slider: [1, contextTokens] } : parameter,
  );
}

/** What was typed into a number field. */
export type Typed =
  /** Nothing: the server's default. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'no-number' }
  | { readonly kind: 'not-whole' }
  | { readonly kind: 'out-of-range' };

/** Reads a number as people type it: also with a comma for the decimal point, and with full-width digits. */
export function parseTyped(text: string, { min, max, step }: Parameter): Typed {
  const typed = text.normalize('NFKC').trim().replace(',', '.').replace('−', '-');
  if (typed === '') {
    return { kind: 'empty' };
  }
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(typed)) {
    return { kind: 'no-number' };
  }
  const value = Number(typed);
  if (value < min || value > max) {
    return { kind: 'out-of-range' };
  }
  return step === 1 && !Number.isInteger(value) ? { kind: 'not-whole' } : { kind: 'number', value };
}
