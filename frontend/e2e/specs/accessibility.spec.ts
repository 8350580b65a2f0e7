import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

import { ask, created, field, finishedReply, questions, replyOf, stop, stored } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const RICH = [
  'Show me everything.',
  '# A heading\n\nText with `code`, **bold** and a [link](https://example.org).\n\n```js\nconst x = 1; // one\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n- [x] done\n- [ ] open\n\n> A quote\n\n$x^2$',
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test('every page and state can be used by everybody', async ({ page, request }) => {
      const id = await stored(request, { title: 'Everything', messages: RICH });
      const share = await request.post(`/api/conversations/${id}/share`);
      const { token } = (await share.json()) as { readonly token: string };

      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'What would you like to know?' })).toBeVisible();
      await check(page, 'a new conversation');
      await page.goto(`/c/${id}`);
      await expect(page.getByRole('table')).toBeVisible();
      await check(page, 'a conversation');
      await page.getByRole('button', { name: 'Settings of this conversation' }).click();
      await check(page, 'the settings of a conversation');
      await page.getByRole('button', { name: 'Actions for Everything' }).first().click();
      await check(page, 'the menu of a conversation');
      await page.getByRole('menuitem', { name: 'Share', exact: true }).click();
      await expect(page.getByRole('dialog')).toBeVisible();
      await check(page, 'the dialog to share');
      await page.goto('/');
      await page.getByRole('textbox', { name: 'Search', exact: true }).fill('heading');
      await expect(page.getByText(/found/).first()).toBeVisible();
      await check(page, 'what a search found');
      await page.goto(`/shared/${token}`);
      await expect(page.getByText('A heading')).toBeVisible();
      await check(page, 'a shared conversation');
      await page.goto('/settings');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await check(page, 'the settings');
      await page.goto('/operator');
      await expect(page.getByRole('table')).toBeVisible();
      await check(page, 'the server');
      await page.goto('/compare');
      await expect(page.getByRole('region', { name: 'Side A' }).getByRole('combobox').first()).toBeVisible();
      await check(page, 'an empty comparison');
      await page.goto('/c/nothing-here');
      await expect(page.getByText('There is nothing at this address', { exact: false })).toBeVisible();
      await check(page, 'a conversation that is not there');
    });

    test('a reply can be followed by everybody, while it is written and when it was stopped', async ({ page, request }) => {
      const id = await created(request, { model: 'endless', max_tokens: 2000, title: 'Written now' });
      await page.goto(`/c/${id}`);
      await ask(page, 'Go on and on.');
      await replyOf(page, 20);
      await check(page, 'a reply that is written');

      await stop(page);

      await check(page, 'a stopped reply');
      await page.getByRole('button', { name: 'Details' }).click();
      await page.getByRole('button', { name: 'Good reply' }).click();
      await check(page, 'details and feedback of a reply');
      await questions(page).hover();
      await page.getByRole('button', { name: 'Edit' }).click();
      await check(page, 'a message that is edited');
    });

    test('the page can be used on a phone', async ({ page, request }) => {
      await page.setViewportSize({ width: 390, height: 800 });
      const id = await stored(request, { title: 'Everything', messages: RICH });

      await page.goto(`/c/${id}`);
      await expect(page.getByRole('table')).toBeVisible();
      await check(page, 'a conversation');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
      await page.getByRole('button', { name: 'Show conversations' }).click();
      await check(page, 'the list');
      await page.goto('/compare');
      await expect(page.getByRole('tab', { name: 'A' })).toBeVisible();
      await check(page, 'a comparison');
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    });
  });
}

test('a conversation can be held with the keyboard alone', async ({ page }) => {
  await page.goto('/');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('What is the capital of France?');
  // Until the models are known the key sends nothing, and the hint below the field says so.
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await page.keyboard.press('Enter');
  expect(await finishedReply(page)).toContain('Paris');
  await expect(field(page)).toBeFocused();

  await tabTo(page, 'Edit', 'backwards');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('What is the capital of Italy?');
  await page.keyboard.press('Enter');

  await expect(questions(page).last()).toContainText('Italy');
  expect(await finishedReply(page)).toContain('Rome');
  await tabTo(page, 'Previous version', 'backwards');
  await page.keyboard.press('Enter');
  await expect(questions(page).last()).toContainText('France');
});

/** Moves the focus with the Tab key until a button of this name has it. */
async function tabTo(page: Page, name: string, direction: 'forwards' | 'backwards'): Promise<void> {
  const wanted = page.getByRole('button', { name, exact: true }).and(page.locator(':focus'));
  for (let steps = 0; steps < 60 && (await wanted.count()) === 0; steps++) {
    await page.keyboard.press(direction === 'forwards' ? 'Tab' : 'Shift+Tab');
  }
  await expect(wanted).toHaveCount(1);
}

/** Holds what is shown against the rules of WCAG 2.2 A and AA and axe's own. */
async function check(page: Page, what: string): Promise<void> {
  // What fades in has its colours only at the end, and what is taken away before that never gets there.
  await page.evaluate(() =>
    Promise.allSettled(
      document
        .getAnimations()
        .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
        .map((each) => each.finished),
    ),
  );
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200)).join(' | ')}`);
  expect.soft(told, what).toEqual([]);
}
