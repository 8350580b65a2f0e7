import { CorralServer } from '../support/CorralServer.ts';
import { ask, finishedReply } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const KEY = 'a-key-for-the-tests-of-signing-in';

let guarded: CorralServer;

test.beforeAll(async () => {
  test.setTimeout(240_000);
  guarded = await CorralServer.run({ CORRAL_ACCESS_KEYS_ADA_KEY: KEY });
});
test.afterAll(async () => {
  await guarded.close();
});

test('a server with keys asks for one, and shows conversations to nobody without it', async ({ page }) => {
  await page.goto(`${guarded.origin}/`);
  const key = page.getByLabel('API key');
  await key.fill('not-the-key-of-anybody');
  await key.press('Enter');
  await expect(page.getByRole('alert')).toContainText('This key is not right');
  await key.fill(KEY);
  await key.press('Enter');

  await ask(page, 'What is the capital of France?');
  expect(await finishedReply(page)).toContain('Paris');
  const address = page.url();
  await page.reload();
  expect(await finishedReply(page)).toContain('Paris');

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByText('Sign out').click();
  await expect(key).toBeVisible();
  await page.goto(address);
  await expect(key).toBeVisible();
  await expect(page.getByText('Paris')).toHaveCount(0);
});
