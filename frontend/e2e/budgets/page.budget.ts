import { expect, test } from '@playwright/test';

import { field } from '../support/page.ts';
import { framesDuring } from './frames.ts';
import { MESSAGES, ScriptedUpstream } from './ScriptedUpstream.ts';

const TOKENS = 20_000;
const PER_SECOND = 200;

const figures: { readonly what: string; readonly figure: string; readonly wanted: string }[] = [];
let upstream: ScriptedUpstream;

test.setTimeout(600_000);
test.beforeAll(async () => {
  upstream = await ScriptedUpstream.run({ tokens: TOKENS, perSecond: PER_SECOND });
});
test.afterAll(async () => {
  console.table(figures);
  await upstream.close();
});

test('time until the page can be typed into', async ({ page }) => {
  await page.addInitScript(() => {
    document.addEventListener('input', () => {
      (window as unknown as { typedMillis?: number }).typedMillis ??= performance.now();
    });
  });
  await page.goto(`${upstream.origin}/`, { waitUntil: 'commit' });

  await field(page).pressSequentially('a');

  const millis = await page.evaluate(() => (window as unknown as { typedMillis: number }).typedMillis);
  figures.push({ what: 'first letter typed after', figure: `${Math.round(millis)} ms`, wanted: '1500 ms' });
});

test('frames while a long reply streams', async ({ page }) => {
  await page.goto(`${upstream.origin}/`);
  await field(page).fill('Write a long text.');
  const { median, p95, longest } = await framesDuring(page, async () => {
    await field(page).press('Enter');
    await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeVisible({ timeout: 500_000 });
  });
  const what = `frames while ${TOKENS} tokens stream at ${PER_SECOND}/s`;
  figures.push({ what, figure: `median ${median}, p95 ${p95}, longest ${longest} ms`, wanted: 'longest 50 ms' });
});

test('frames while a long conversation is scrolled through', async ({ page }) => {
  await page.goto(`${upstream.origin}/c/long`);
  const view = page.getByRole('region', { name: 'Conversation' });
  const earlier = page.getByRole('button', { name: 'Show earlier messages' });
  await expect(view).toBeVisible();
  // Earlier messages come when the view is near its beginning.
  await expect(async () => {
    await view.evaluate((element) => {
      element.scrollTop = 0;
    });
    expect(await earlier.count()).toBe(0);
  }).toPass({ timeout: 300_000, intervals: [100] });
  const { frames, median, p95, longest } = await framesDuring(page, () =>
    view.evaluate(
      (element) =>
        new Promise<void>((resolve) => {
          element.scrollTop = 0;
          let left = 300;
          const onFrame = (): void => {
            element.scrollTop += 400;
            if (left-- === 0) {
              resolve();
            } else {
              requestAnimationFrame(onFrame);
            }
          };
          requestAnimationFrame(onFrame);
        }),
    ),
  );
  const what = `${frames} frames while ${MESSAGES} messages are scrolled through`;
  figures.push({ what, figure: `median ${median}, p95 ${p95}, longest ${longest} ms`, wanted: 'p95 17 ms' });
});
