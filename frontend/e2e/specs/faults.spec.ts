import { ask, continueReply, created, field, finishedReply, replies, replyOf, stop, storedReply } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

test('a server that dies in the middle of a reply loses nothing, and the reply can be gone on with', async ({ page, request, server }) => {
  const id = await created(request, { model: 'endless', max_tokens: 3000, title: 'Killed' });
  await page.goto(`/c/${id}`);
  await ask(page, 'Go on and on.');
  await replyOf(page, 50);

  // What is stored is up to a second behind what is shown.
  await expect.poll(async () => (await storedReply(request, id)).content.length).toBeGreaterThan(20);

  await server.kill();

  await expect(page.getByText('Connection lost. Reading on as soon as the server is back.').first()).toBeVisible();
  await server.start();
  await expect(replies(page).last()).toContainText('The server ended in the middle of this reply.');
  const kept = await finishedReply(page);
  expect((await storedReply(request, id)).status).toBe('interrupted');
  await continueReply(page);
  await replyOf(page, kept.length + 20);
  await stop(page);
});

test('a connection that breaks in the middle of a reply is made again', async ({ page, context, request }) => {
  const id = await created(request, { model: 'endless', max_tokens: 200, title: 'Cut off' });
  await page.goto(`/c/${id}`);
  await ask(page, 'Go on and on.');
  await replyOf(page, 20);

  await context.setOffline(true);
  await expect(page.getByText(/You are offline/).first()).toBeVisible();
  await context.setOffline(false);

  await finishedReply(page);
  expect((await storedReply(request, id)).status).toBe('complete');
  await expect(page.getByText(/You are offline/)).toHaveCount(0);
});

test('what was written and not sent is there after a reload', async ({ page }) => {
  await page.goto('/');
  await field(page).fill('Half a thought');
  // Drafts are kept with a short delay.
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('Half a thought');

  await page.reload();

  await expect(field(page)).toHaveValue('Half a thought');
  await field(page).fill('');
});
