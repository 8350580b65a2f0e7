import type { Page } from '@playwright/test';

import { field, finishedReply, stored } from '../support/page.ts';
import { test } from '../support/test.ts';

const FOLDER = '../docs/screenshots';

const TITLES = ['Rain on a tin roof', 'Names for a llama', 'How to prune a pear tree', 'A letter to the landlord'];

const SAID = [
  'How do I add up the squares in Python, and what do they come to?',
  'With a generator, so that no list is made:\n\n```python\ndef squares(n: int) -> int:\n    """The sum of the first n squares."""\n    return sum(i * i for i in range(1, n + 1))\n```\n\nThere is a formula, too: $\\sum_{i=1}^{n} i^2 = \\frac{n(n+1)(2n+1)}{6}$\n\n| n | sum |\n|---|---|\n| 3 | 14 |\n| 10 | 385 |',
];

test.describe('for people with a wide screen', () => {
  test.use({ viewport: { width: 1280, height: 800 } });

  test('in light colours', async ({ page, request }) => {
    for (const title of TITLES) {
      await stored(request, { title, messages: ['Hello', 'Hello!'] });
    }
    await talk(page, await stored(request, { title: 'Sums of squares', messages: SAID }));
    await page.screenshot({ path: `${FOLDER}/desktop.png` });
  });

  test('in dark colours, with the context window', async ({ page, request }) => {
    await page.emulateMedia({ colorScheme: 'dark' });
    await talk(page, await stored(request, { title: 'Squares, added up', messages: SAID }));
    await page.getByRole('button', { name: /context window/iu }).first().click();
    await page.screenshot({ path: `${FOLDER}/dark.png` });
  });
});

test.describe('for people with a phone', () => {
  test.use({ viewport: { width: 390, height: 780 }, hasTouch: true });

  test('in light colours', async ({ page, request }) => {
    await talk(page, await stored(request, { title: 'Sums of squares', messages: SAID }));
    await page.screenshot({ path: `${FOLDER}/phone.png` });
  });
});

test.describe('in Chinese', () => {
  test.use({ viewport: { width: 1280, height: 800 }, locale: 'zh-CN' });

  test('in light colours, with the settings of a conversation', async ({ page, request }) => {
    const id = await stored(request, { title: '给羊驼起名字', messages: ['给一只羊驼起三个名字。', '- **云朵**，因为它毛茸茸的\n- **栗子**，因为它是棕色的\n- **将军**，因为它走在最前面'] });
    await page.goto(`/c/${id}`);
    await page.getByText('栗子').waitFor();
    await page.getByRole('button', { name: '此对话的设置' }).click();
    await page.screenshot({ path: `${FOLDER}/chinese.png` });
  });
});

async function talk(page: Page, id: string): Promise<void> {
  await page.goto(`/c/${id}`);
  await field(page).waitFor();
  await field(page).fill('What is the capital of France?');
  // On a touch screen Enter begins a new line.
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByText('The capital of France is Paris.', { exact: true }).waitFor();
  await finishedReply(page);
  await page.locator('figure.code span[class^=hljs]').first().waitFor();
}
