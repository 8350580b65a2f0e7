const PROTOCOLS: readonly string[] = ['http:', 'https:', 'mailto:'];
const IMAGE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=]+$/u;

/** Where a link may lead to: the web and mail; null for everything else, however it is disguised. */
export function safeAddress(href: string): string | null {
  try {
    const address = new URL(decodeEntities(href));
    return PROTOCOLS.includes(address.protocol) ? address.href : null;
  } catch {
    // An address within this site, which the text cannot mean.
    return null;
  }
}

/** Whether an image is inside of the text, so that showing it asks nobody for it. */
export function isEmbedded(href: string): boolean {
  return IMAGE.test(href);
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  ndash: '–',
  mdash: '—',
  hellip: '…',
  copy: '©',
  times: '×',
  deg: '°',
  middot: '·',
  rarr: '→',
  larr: '←',
  euro: '€',
};

/** The text with the commonest named character references resolved; the lexer resolves those by number. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(/&([a-z]{2,6});/gu, (whole, name: string) => ENTITIES[name] ?? whole) : text;
}
