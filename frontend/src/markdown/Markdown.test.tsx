import { render, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';

import { CORPUS, whole, words } from '../../test/markdownCorpus';
import { lex, NO_DEFINITIONS } from './lexer';
import { Markdown } from './Markdown';
import { Tokens } from './Tokens';

function shown(text: string, complete = true): HTMLElement {
  return render(<Markdown text={text} complete={complete} />).container;
}

it('shows the same after random pieces as at once', () => {
  for (const [name, text] of Object.entries(CORPUS)) {
    for (let seed = 1; seed <= 5; seed++) {
      const { container, rerender, unmount } = render(<Markdown text="" complete={false} />);
      for (const known of whole(text, seed)) {
        rerender(<Markdown text={known} complete={false} />);
      }
      rerender(<Markdown text={text} complete />);

      expect(container.isEqualNode(shown(text)), `${name}, seed ${seed}`).toBe(true);
      unmount();
    }
  }
});

it('shows what the lexer makes of the whole text', () => {
  for (const [name, text] of Object.entries(CORPUS)) {
    const { container, unmount } = render(<Tokens tokens={lex(text, NO_DEFINITIONS) ?? []} />);
    const expected = container.innerHTML;
    unmount();

    expect(shown(text).firstElementChild?.innerHTML, name).toBe(expected);
  }
});

it('keeps the elements of finished blocks while more comes in', () => {
  const { container, rerender } = render(<Markdown text={'# One\n\ntwo\n\n'} complete={false} />);
  const heading = container.querySelector('h3');
  rerender(<Markdown text={'# One\n\ntwo\n\nthree *fo'} complete={false} />);

  expect(container.querySelector('h3')).toBe(heading);
});

it('never makes markup of HTML in the text', () => {
  const container = shown(
    [
      '<script>alert(1)</script>',
      '<img src=x onerror=alert(1)>',
      'a <b onclick="alert(1)">b</b> <iframe src="https://example.org"></iframe>',
      '<style>* { display: none }</style>',
      '<svg/onload=alert(1)>',
      '[<img src=x>](https://example.org)',
      '| <script>x</script> |\n|---|\n| <form> |',
      '```html\n<script>alert(2)</script>\n```',
      '`<script>`',
      '<!-- <script> -->',
      '<![CDATA[<script>]]>',
    ].join('\n\n'),
  );

  expect(container.querySelector('script, img, iframe, style, b, form, svg:not(.lucide)')).toBeNull();
  expect(container.textContent).toContain('<script>alert(1)</script>');
  expect(container.textContent).toContain('<img src=x onerror=alert(1)>');
});

it('links to the web and mail only, however an address is disguised', () => {
  const container = shown(
    [
      '[a](javascript:alert(1))',
      '[b](JaVaScRiPt:alert(1))',
      '[c](java\tscript:alert(1))',
      '[d](<java\nscript:alert(1)>)',
      '[e](&#106;avascript:alert(1))',
      '[f](javascript&colon;alert(1))',
      '[g](&#x6A;&#x61;vascript&#58;alert(1))',
      '[h](data:text/html;base64,PHNjcmlwdD4=)',
      '[i](vbscript:x)',
      '[j](//example.org/x)',
      '[k](/api/session)',
      '[l](file:///etc/passwd)',
      '[m](blob:https://example.org/1)',
      '<javascript:alert(1)>',
      '[n][r]',
      '![o](javascript:alert(1))',
      '[p](\u0001javascript:alert(1))',
      '[q]( javascript:alert(1))',
      '',
      '[r]: javascript:alert(1)',
    ].join('\n'),
  );

  expect([...container.querySelectorAll('a')].map(({ href }) => href)).toEqual([]);
  expect(container.querySelector('img')).toBeNull();
});

it('opens links apart from the page', () => {
  const container = shown('[a](https://example.org/?a=1&amp;b=2) <me@example.org> https://example.com/x.');
  const links = [...container.querySelectorAll('a')];

  expect(links.map(({ href }) => href)).toEqual([
    'https://example.org/?a=1&b=2',
    'mailto:me@example.org',
    'https://example.com/x',
  ]);
  expect(links.every(({ target, rel }) => target === '_blank' && rel === 'noopener noreferrer nofollow')).toBe(true);
});

it('shows embedded images and links to others', () => {
  const container = shown(
    '![dot](data:image/png;base64,iVBORw0KGgo=) ![far](https://example.org/x.png) ![svg](data:image/svg+xml;base64,PHN2Zz4=)',
  );

  expect([...container.querySelectorAll('img')].map(({ alt }) => alt)).toEqual(['dot']);
  expect([...container.querySelectorAll('a')].map(({ textContent }) => textContent)).toEqual(['far']);
});

it('resolves links that are defined further down when the text is complete', () => {
  expect(shown('See [one].\n\nText.\n\n[one]: https://example.org/1').querySelector('a')?.href).toBe('https://example.org/1');
});

it('leaves the headings above the third level to the page', () => {
  const container = shown('# a\n\n## b\n\n###### c');

  expect([...container.querySelectorAll('h1, h2')]).toEqual([]);
  expect([...container.querySelectorAll('h3, h4, h6')].map(({ tagName }) => tagName)).toEqual(['H3', 'H4', 'H6']);
});

it('shows code as it is written, with its language and a button that copies it', async () => {
  const container = shown('```js\nlet x = "<b>";\n```');

  expect(screen.getByRole('figure', { name: 'Code: js' })).toBeDefined();
  expect(screen.getByRole('button', { name: 'Copy the code' })).toBeDefined();
  await waitFor(() => {
    expect(container.querySelector('.hljs-keyword')?.textContent).toBe('let');
  });
  expect(container.querySelector('pre')?.textContent).toBe('let x = "<b>";');
});

it('shows code before its fence is closed, and does not colour it yet', () => {
  const container = shown('```js\nlet x', false);

  expect(container.querySelector('pre')?.textContent).toBe('let x');
});

it('draws formulas as MathML, and shows the source of those that are none', async () => {
  const container = shown('Let $x^2$ and $\\frac{1$ be.\n\n$$\\sum_i i$$\n\n$\\href{javascript:alert(1)}{x}$');
  await waitFor(() => {
    expect(container.querySelectorAll('math').length).toBeGreaterThan(1);
  });

  expect(container.querySelector('.formula code')?.textContent).toBe('$\\frac{1$');
  expect(container.querySelector('.formula.display math')).not.toBeNull();
  expect(container.querySelector('a, [style]')).toBeNull();
});

it('takes sums of money for what they are', () => {
  expect(shown('It costs $5 and $6, or US$7 and 8$, $9, or about $10.').querySelector('.formula')).toBeNull();
});

it('closes what is open while it comes in', () => {
  expect(shown('Some **bold te', false).querySelector('strong')?.textContent).toBe('bold te');
  expect(shown('Some `co', false).querySelector('code')?.textContent).toBe('co');
  expect(shown('A [link](https://exam', false).textContent).toBe('A link');
  expect(shown('Title?\n-', false).querySelector('h3, h4')).toBeNull();
});

it('shows task lists', () => {
  const boxes = [...shown('- [ ] a\n- [x] b\n\n  c').querySelectorAll('input')];

  expect(boxes.map(({ checked }) => checked)).toEqual([false, true]);
});

it('survives what is nested or repeated without end', () => {
  const hostile = [
    '>'.repeat(10_000),
    '> '.repeat(10_000),
    '- '.repeat(5_000),
    '1. '.repeat(5_000),
    '['.repeat(10_000),
    '![['.repeat(5_000),
    '[a]('.repeat(5_000),
    '*'.repeat(10_000),
    '*a_'.repeat(5_000),
    '`'.repeat(9_999),
    '<'.repeat(10_000),
    '$'.repeat(10_001),
    '\\('.repeat(5_000),
    '|'.repeat(10_000),
    `${'|a'.repeat(2_000)}\n${'|-'.repeat(2_000)}`,
    '[a]: b\n'.repeat(2_000),
    '\u202e\u0000\ud800',
    Array.from({ length: 300 }, (_, depth) => `${'  '.repeat(depth)}- x`).join('\n'),
  ];
  for (const text of hostile) {
    for (const complete of [true, false]) {
      const container = shown(text, complete);

      expect(container.firstElementChild).not.toBeNull();
    }
  }
});

it('shows all of a text that is too long for Markdown', () => {
  const container = shown(words('Some *words* of a very long text.\n\n', 400_000));

  expect(container.textContent.length).toBeGreaterThan(350_000);
});
