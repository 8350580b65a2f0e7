import { expect, it } from 'vitest';

import { BlockReader, MARKDOWN_CHARACTERS } from './blocks';
import { CORPUS, whole, words } from '../../test/markdownCorpus';

function texts(text: string): readonly string[] {
  return new BlockReader().read(text).map((block) => block.text);
}

it('ends a block at a blank line and around fenced code', () => {
  expect(texts('One\ntwo\n\nthree\n```js\nlet x;\n\nlet y;\n```\nfour')).toEqual([
    'One\ntwo',
    'three',
    'let x;\n\nlet y;',
    'four',
  ]);
});

it('keeps a list together, also with blank lines and code in it', () => {
  expect(texts('- a\n\n- b\n\n  ```\n  x\n\n  y\n  ```\n- c\n\npast it')).toEqual([
    '- a\n\n- b\n\n  ```\n  x\n\n  y\n  ```\n- c',
    'past it',
  ]);
});

it('knows code as such before its fence is closed', () => {
  expect(new BlockReader().read('```py\nprint(1)')).toEqual([
    { kind: 'code', start: 0, text: 'print(1)', language: 'py', closed: false },
  ]);
});

it('reads a text in pieces into the same blocks as at once, wherever it is cut', () => {
  for (const [name, text] of Object.entries(CORPUS)) {
    for (let seed = 1; seed <= 20; seed++) {
      const reader = new BlockReader();
      for (const known of whole(text, seed)) {
        reader.read(known);
      }

      expect(reader.read(text), `${name}, seed ${seed}`).toEqual(new BlockReader().read(text));
    }
  }
});

it('never changes a block that has ended', () => {
  const text = Object.values(CORPUS).join('\n\n');
  const reader = new BlockReader();
  let before = reader.read('');
  for (const known of whole(text, 7)) {
    const now = reader.read(known);
    const ended = before.filter(({ closed }) => closed);

    // The very last one depends on the line that is still coming in.
    expect(now.slice(0, Math.max(ended.length - 1, 0))).toEqual(ended.slice(0, -1));
    before = now;
  }
});

it('starts anew when the text is another one', () => {
  const reader = new BlockReader();
  reader.read('One\n\ntwo\n\nthree');

  expect(reader.read('Four\n\nfive').map(({ text }) => text)).toEqual(['Four', 'five']);
});

it('goes on in another block when a list, a table or a paragraph is long', () => {
  const list = texts(words('- an item of a list\n', 30_000));
  const table = texts(`| a | b |\n|---|---|\n${words('| one | two |\n', 30_000)}`);
  const paragraph = texts(words('a line of words\n', 30_000));

  for (const blocks of [list, table, paragraph]) {
    expect(blocks.length).toBeGreaterThan(2);
    expect(Math.max(...blocks.map(({ length }) => length))).toBeLessThan(10_000);
  }
  expect(table[1]).toMatch(/^\| a \| b \|\n\|---\|---\|\n\| one/u);
});

it('leaves alone what is nested or goes on beyond reason', () => {
  const kinds = (text: string): readonly string[] => new BlockReader().read(text).map(({ kind }) => kind);

  expect(kinds('>'.repeat(10_000))).toEqual(['plain']);
  expect(kinds('- '.repeat(10_000))).toEqual(['plain']);
  expect(kinds('*a_'.repeat(2_000))).toEqual(['plain']);
  expect(kinds('word '.repeat(10_000))).toEqual(['plain']);
  expect(kinds('a\n\n'.repeat(MARKDOWN_CHARACTERS)).slice(-1)).toEqual(['plain']);
});

it('takes every kind of line end', () => {
  expect(texts('One\r\n\r\ntwo\r\rthree')).toEqual(['One', 'two', 'three']);
});
