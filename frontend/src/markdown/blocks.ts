/** A part of a text that is shown by itself: whatever follows it, it stays as it is. */
export interface Block {
  /**
   * `markdown` is for the lexer, `code` is a fenced block, and `plain` is shown as it stands, because it is too much for the lexer
   * or nested deeper than anybody means.
   */
  readonly kind: 'markdown' | 'code' | 'plain';
  /** Where it begins in the text; unlike any other block's. */
  readonly start: number;
  /** Its text; of code, what is inside of the fence. */
  readonly text: string;
  /** Of code, what is said of its language. */
  readonly language: string;
  /** Whether nothing can be added to it. */
  readonly closed: boolean;
}

/** What is known of the block that is being read, after some whole lines of it. */
interface Open {
  readonly start: number;
  readonly fence: Fence | null;
  readonly list: List | null;
  /** The header and the line below it, of a table. */
  readonly table: string | null;
  /** What goes before the block's own text: the header of a table that was too long for one block. */
  readonly head: string;
  readonly blank: boolean;
  readonly lastLine: string;
}

interface Fence {
  readonly marker: string;
  readonly indent: number;
  readonly language: string;
  /** Where the code begins. */
  readonly start: number;
}

interface List {
  /** What ends the items' markers: two lists with different ones are two lists. */
  readonly type: string;
  /** How far a line is indented that still belongs to the last item. */
  readonly offset: number;
}

/** A list, table or paragraph that is longer goes on in another block. */
const LONG = 8_000;
/** Longer blocks are not lexed. */
const TOO_LONG = 4 * LONG;
/** What comes after that many characters of a text is shown as it stands. */
export const MARKDOWN_CHARACTERS = 200_000;
const PLAIN_CHARACTERS = 20_000;
/** Markers of quotes and lists one in another on one line, far more than anybody means. */
const TOO_DEEP = /^(?:[ \t]*(?:[>*+-]|\d{1,9}[.)])){40}/mu;

/** Marks in one paragraph, item or row; the lexer's time grows with their square. */
const MANY_MARKS = 800;
const MARKS = /[*_~[<`$\\]/gu;
/** Where another paragraph, item, row or heading begins. */
const RUNS = /\n(?=[ \t]*(?:[*+-][ \t]|[#|\n]|\d{1,9}[.)][ \t]))/u;

const FENCE = /^( {0,3})(`{3,}(?=[^`]*$)|~{3,})(.*)$/u;
const ITEM = /^( {0,3})([*+-]|\d{1,9}([.)]))(?:([ \t]+)\S|[ \t]*$)/u;
const RULE = /^ {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/u;
const TABLE_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-*:?[ \t]*)*$/u;

/**
 * Splits a growing text into blocks. A block that has ended is never looked at again, so a text that comes in many pieces costs
 * little more than the same text at once, and comes to the same blocks.
 *
 * Where a block ends is decided by whole lines: after a blank line that no list goes on behind, and around fenced code. So one
 * block may hold several of Markdown's own, but never a part of one, other than of those that are too long.
 */
export class BlockReader {
  /** All whole lines so far. */
  #lines = '';
  #open: Open = opening(0);
  #closed: readonly Block[] = [];
  #last: { readonly text: string; readonly blocks: readonly Block[] } | null = null;

  /** The blocks of a text; those of a text that begins like the last one are the same objects as far as they have ended. */
  read(given: string): readonly Block[] {
    if (this.#last?.text === given) {
      return this.#last.blocks;
    }
    const text = given.includes('\r') ? given.replace(/\r\n?/gu, '\n') : given;
    if (!text.startsWith(this.#lines)) {
      this.#lines = '';
      this.#open = opening(0);
      this.#closed = [];
    }
    const closed: Block[] = [...this.#closed];
    const readable = Math.min(text.length, MARKDOWN_CHARACTERS);
    let at = this.#lines.length;
    for (let end = text.indexOf('\n', at); end >= 0 && end < readable; end = text.indexOf('\n', at)) {
      this.#open = afterLine(this.#open, text, at, end + 1, closed);
      at = end + 1;
    }
    this.#lines = text.slice(0, at);
    this.#closed = closed;
    // The last line may become another one yet, so what it does to the blocks is forgotten again.
    const blocks = [...closed];
    const end = text.length > readable ? readable : text.length;
    close(at < end ? afterLine(this.#open, text, at, end, blocks) : this.#open, text, end, false, blocks);
    for (let start = end; start < text.length; start += PLAIN_CHARACTERS) {
      blocks.push(plain(start, text.slice(start, start + PLAIN_CHARACTERS)));
    }
    this.#last = { text: given, blocks };
    return blocks;
  }
}

function opening(start: number, given: Partial<Open> = {}): Open {
  return { start, fence: null, list: null, table: null, head: '', blank: false, lastLine: '', ...given };
}

/** The open block after one more line; blocks that end before or with it go into `closed`. */
function afterLine(open: Open, text: string, start: number, end: number, closed: Block[]): Open {
  const line = text.slice(start, end).replace(/\n$/u, '');
  if (open.fence !== null) {
    if (!endsFence(line, open.fence)) {
      return open;
    }
    closed.push(codeOf(open.start, open.fence, text.slice(open.fence.start, start), true));
    return opening(end);
  }
  if (line.trim() === '') {
    return { ...open, blank: true, table: null, lastLine: '' };
  }
  const indent = /^[ \t]*/u.exec(line)?.[0].replace(/\t/gu, '    ').length ?? 0;
  const inItem = open.list !== null && indent >= open.list.offset;
  const fence = inItem ? null : fenceOf(line, end);
  const item = inItem || RULE.test(line) ? null : itemOf(line);
  const goesOn = inItem || (indent >= 2 && open.lastLine === '') || (item !== null && item.type === open.list?.type);
  if (fence !== null) {
    close(open, text, start, true, closed);
    return opening(start, { fence });
  }
  const long = start - open.start > LONG && (!inItem || start - open.start > 3 * LONG);
  const splits = (open.blank && !goesOn) || long;
  if (splits) {
    close(open, text, start, true, closed);
  }
  const table = open.blank ? null : (open.table ?? tableOf(open.lastLine, line));
  return {
    start: splits ? start : open.start,
    fence: null,
    list: item ?? (splits && !goesOn ? null : open.list),
    table,
    head: splits ? (long && !open.blank && open.table !== null ? open.table : '') : open.head,
    blank: false,
    lastLine: line,
  };
}

function close(open: Open, text: string, end: number, closed: boolean, blocks: Block[]): void {
  if (open.fence !== null) {
    blocks.push(codeOf(open.start, open.fence, text.slice(open.fence.start, end), closed));
    return;
  }
  const own = text.slice(open.start, end).trimEnd();
  if (own.trim() === '') {
    return;
  }
  const whole = open.head + own.replace(/^(?:[ \t]*\n)+/u, '');
  blocks.push(
    isTooMuch(whole)
      ? plain(open.start, whole)
      : { kind: 'markdown', start: open.start, text: whole, language: '', closed },
  );
}

function isTooMuch(text: string): boolean {
  const tooManyMarks = (run: string): boolean => run.length > MANY_MARKS && (run.match(MARKS)?.length ?? 0) > MANY_MARKS;
  return text.length > TOO_LONG || TOO_DEEP.test(text) || text.split(RUNS).some(tooManyMarks);
}

function plain(start: number, text: string): Block {
  return { kind: 'plain', start, text, language: '', closed: true };
}

function codeOf(start: number, { indent, language }: Fence, text: string, closed: boolean): Block {
  const body = text.replace(/\n$/u, '');
  const own = indent === 0 ? body : body.replace(new RegExp(`^ {1,${indent}}`, 'gmu'), '');
  return { kind: 'code', start, text: own, language, closed };
}

function fenceOf(line: string, end: number): Fence | null {
  const found = FENCE.exec(line);
  return found === null
    ? null
    : { marker: found[2] ?? '', indent: found[1]?.length ?? 0, language: found[3]?.trim() ?? '', start: end };
}

function endsFence(line: string, { marker }: Fence): boolean {
  const end = line.replace(/^ {1,3}/u, '').trimEnd();
  return end.length >= marker.length && end === marker.charAt(0).repeat(end.length);
}

function itemOf(line: string): List | null {
  const found = ITEM.exec(line);
  if (found === null) {
    return null;
  }
  const [, indent = '', marker = '', end, space = ' '] = found;
  const wide = space.replace(/\t/gu, '    ').length;
  return { type: end ?? marker, offset: indent.length + marker.length + (wide > 4 ? 1 : wide) };
}

function tableOf(header: string, line: string): string | null {
  return header.includes('|') && line.includes('|') && TABLE_RULE.test(line) ? `${header}\n${line}\n` : null;
}
