import { expect, test } from '../support/test.ts';

const CHAT = { model: 'cria', max_tokens: 4, messages: [{ role: 'user', content: 'Hello' }] };

test('a worker is drained and takes requests again at the touch of a button', async ({ page, request }) => {
  await page.goto('/operator');

  await page.getByRole('button', { name: 'Drain embedded', exact: true }).click();

  await expect(page.getByRole('rowheader', { name: 'Draining' })).toBeVisible();
  expect((await request.post('/v1/chat/completions', { data: CHAT })).status()).toBe(503);

  await page.getByRole('button', { name: 'Undrain embedded', exact: true }).click();

  await expect(page.getByRole('button', { name: 'Drain embedded', exact: true })).toBeVisible();
  expect((await request.post('/v1/chat/completions', { data: CHAT })).status()).toBe(200);
});

test('a drain that the server did not hear of is told', async ({ page }) => {
  await page.route('**/api/workers/embedded/drain', (route) => route.abort());
  await page.goto('/operator');

  await page.getByRole('button', { name: 'Drain embedded', exact: true }).click();

  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await expect(page.getByRole('button', { name: 'Drain embedded', exact: true })).toBeEnabled();
});
