import type { Element, Root, Text } from 'hast';
import { common, createLowlight } from 'lowlight';

const lowlight = createLowlight(common);

/** What stands between two changes of colour, with what it is. */
export type Highlighted = Text | (Element & { readonly children: readonly Highlighted[] });

/** The coloured parts of code; null for a language that is not known. */
export function highlight(code: string, language: string): readonly Highlighted[] | null {
  return lowlight.registered(language) ? (lowlight.highlight(language, code) as RootOfHighlighted).children : null;
}

interface RootOfHighlighted extends Omit<Root, 'children'> {
  readonly children: readonly Highlighted[];
}
