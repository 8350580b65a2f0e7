import { ask, field, finishedReply } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

test('no page breaks the rules that the server sets for it', async ({ page, offences }) => {
  for (const path of ['/', '/compare', '/operator', '/settings', '/shared/nothing', '/c/nothing']) {
    const response = await page.goto(path);
    expect(response?.headers()['content-security-policy']).toContain("default-src 'self'");
    await expect(page.getByRole('main').first()).toBeVisible();
  }
  await page.goto('/');
  await ask(page, 'What is the capital of France?');
  await finishedReply(page);

  expect(offences).toEqual([]);
});

test('rules that are broken are noticed by these tests', async ({ page, offences }) => {
  await page.goto('/');
  await expect(field(page)).toBeVisible();

  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="https://example.org/pixel.png" alt="">');
  });

  await expect.poll(() => offences.length).toBeGreaterThan(0);
  offences.length = 0;
});
