import { expect, test } from '../support/test.ts';

test('two models reply to the same message, and one of them is carried on with', async ({ page, request }) => {
  await page.goto('/compare');
  const [a, b] = [page.getByRole('region', { name: 'Side A' }), page.getByRole('region', { name: 'Side B' })];
  await b.getByRole('combobox', { name: 'Model' }).selectOption('small');
  await page.getByRole('textbox', { name: 'Message to both' }).fill('What is the capital of France?');
  await page.getByRole('textbox', { name: 'Message to both' }).press('Enter');

  await expect(a).toContainText('Paris');
  await expect(b).toContainText('Paris');
  await expect(page).toHaveURL(/a=.+&b=.+/);
  await page.reload();
  await expect(a).toContainText('Paris');
  await expect(b.getByRole('heading', { name: /small/ })).toBeVisible();
  const pair = new URL(page.url()).searchParams;
  await page.getByRole('button', { name: 'Carry on with B' }).click();

  await expect(page).toHaveURL(`/c/${pair.get('b') ?? ''}`);
  await page.goto('/settings');
  await expect.poll(async () => (await request.get(`/api/conversations/${pair.get('a') ?? ''}`)).status()).toBe(404);
  expect((await request.get(`/api/conversations/${pair.get('b') ?? ''}`)).status()).toBe(200);
});

test('one side that fails leaves the other alone', async ({ page }) => {
  await page.route('**/api/conversations', async (route) => {
    const made = route.request().postDataJSON() as { readonly model: string } | null;
    if (made?.model === 'small') {
      await route.fulfill({ status: 400, json: { error: { message: 'Not today.', code: 'x' } } });
    } else {
      await route.continue();
    }
  });
  await page.goto('/compare');
  const [a, b] = [page.getByRole('region', { name: 'Side A' }), page.getByRole('region', { name: 'Side B' })];
  await b.getByRole('combobox', { name: 'Model' }).selectOption('small');
  await page.getByRole('textbox', { name: 'Message to both' }).fill('What is the capital of France?');

  await page.getByRole('textbox', { name: 'Message to both' }).press('Enter');

  await expect(a).toContainText('Paris');
  await expect(b).toContainText('Not today.');
  await expect(b.getByRole('button', { name: 'Send again' })).toBeVisible();
});
