import { readFileSync } from 'node:fs';

import { list, questions, stored } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

test('a search finds a message and jumps to it', async ({ page, request }) => {
  const messages = Array.from({ length: 120 }, (_, index) => `This is message ${index}.`);
  messages[4] = 'The quokka is a small marsupial.';
  await stored(request, { title: 'A long talk', messages });
  await page.goto('/');

  await page.getByRole('textbox', { name: 'Search', exact: true }).fill('quokka');
  await list(page).getByRole('link', { name: /quokka/ }).click();

  await expect(questions(page).filter({ hasText: 'quokka' })).toBeInViewport();
});

test('what was exported can be imported', async ({ page, request }, info) => {
  const id = await stored(request, { title: 'To be moved', messages: ['Where to?', 'Somewhere else.'] });
  await page.goto(`/c/${id}`);
  await page.getByRole('button', { name: 'Actions for To be moved' }).first().click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: 'Export as JSON' }).click();
  const file = info.outputPath('moved.jsonl');
  await (await download).saveAs(file);
  expect(readFileSync(file, 'utf8')).toContain('Somewhere else.');

  await page.locator('input[type=file]').setInputFiles(file);

  await expect(page.getByText('1 conversation imported')).toBeVisible();
  await expect(list(page).getByRole('link', { name: 'To be moved' })).toHaveCount(2);
});

test('a deleted conversation comes back when that is undone, and else is gone', async ({ page, request }) => {
  const id = await stored(request, { title: 'Short-lived', messages: ['Hello.', 'Goodbye.'] });
  await page.goto(`/c/${id}`);
  const row = list(page).getByRole('link', { name: 'Short-lived' });
  const remove = async (): Promise<void> => {
    await page.getByRole('button', { name: 'Actions for Short-lived' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await expect(row).toHaveCount(0);
  };
  await remove();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row).toBeVisible();
  expect((await request.get(`/api/conversations/${id}`)).status()).toBe(200);

  await remove();
  // Leaving the page is too late to undo.
  await page.goto('/settings');

  await expect.poll(async () => (await request.get(`/api/conversations/${id}`)).status()).toBe(404);
});

test('a shared conversation can be read by whoever has the link', async ({ page, request, browser }) => {
  const id = await stored(request, { title: 'For all', messages: ['A question.', 'An answer.'] });
  const answer = await request.post(`/api/conversations/${id}/share`);
  const { token } = (await answer.json()) as { readonly token: string };

  await page.goto(`/shared/${token}`);

  await expect(page.getByText('An answer.')).toBeVisible();
  await expect(page.getByText('For all').first()).toBeVisible();
  expect(browser.contexts()).not.toHaveLength(0);
});
