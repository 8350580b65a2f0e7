/** Texts such as models write, for tests. */
export const CORPUS: Readonly<Record<string, string>> = {
  mixed: `# A title

Some *words* with **weight**, \`code\` and [a link](https://example.org/a_(b)).
Another line of them.

1. First
2. Second
   - inner
   - inner too

     with a paragraph
3. Third

   \`\`\`python
   def f(x):

       return x
   \`\`\`

4. Fourth

> A quote
> of two lines

| a | b |
|:--|--:|
| 1 | \`2\` |

---

Done.`,
  code: `Here:

\`\`\`ts
const a = 1;

// # no heading
- no list
\`\`\`
And then:
~~~
\`\`\`
~~~~
after

    indented

    more`,
  lists: `- a
- b

- c
* d

1) e
2) f

lazy text
+ g
no indent

- [ ] open
- [x] done

-

- after an empty one`,
  references: `See [one], [two][2] and ![three].

[one]: https://example.org/1
[2]: <https://example.org/2> "Two"

[three]: https://example.org/3.png`,
  math: `It costs $5 and $6, but $x^2$ is math, as is \\(y\\).

$$
a = b
+ c
$$

\\[ \\frac{1}{2} \\]

Inline $$z$$ too.`,
  headings: `Title
=====

Another
-------
# One
text
## Two
- list
# Three
> quote
lazy

***`,
};

/** A text as it is known after each of many pieces, cut in the same places by the same seed. */
export function* whole(text: string, seed: number): Generator<string, void, undefined> {
  let random = seed;
  for (let end = 0; end < text.length; ) {
    // A linear congruential generator (Numerical Recipes).
    random = (Math.imul(random, 1_664_525) + 1_013_904_223) >>> 0;
    end += 1 + ((random >>> 8) % 12);
    yield text.slice(0, end);
  }
}

/** So many characters of a text over and over. */
export function words(text: string, characters: number): string {
  return text.repeat(Math.ceil(characters / text.length)).slice(0, characters);
}
