import { ask, continueReply, created, finishedReply, lastReply, questions, replies, replyOf, stop, storedReply } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

const ENDLESS = { model: 'endless', max_tokens: 3000, title: 'Without an end' };

test('a question is answered, and remembered in the next turn', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'My name is Ada.');
  await finishedReply(page);

  await ask(page, 'What is my name?');

  expect(await finishedReply(page)).toContain('Ada');
  await expect(page).toHaveURL(/\/c\/.+/);
  await expect(replies(page)).toHaveCount(2);
});

test('a stopped reply keeps its text and goes on from there', async ({ page, request }) => {
  const id = await created(request, ENDLESS);
  await page.goto(`/c/${id}`);
  await ask(page, 'Go on and on.');
  await replyOf(page, 50);
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(replies(page).last()).toContainText('Stopped.');
  const kept = await finishedReply(page);

  await continueReply(page);

  expect(bare(await replyOf(page, kept.length + 50))).toContain(bare(kept));
  await stop(page);
});

test('a reload in the middle of a reply reads on to the text that the server has', async ({ page, request }) => {
  const id = await created(request, { ...ENDLESS, max_tokens: 200 });
  await page.goto(`/c/${id}`);
  await ask(page, 'Go on and on.');
  await replyOf(page, 50);

  await page.reload();

  const before = await replyOf(page, 10);
  const whole = await finishedReply(page);
  expect(whole.length).toBeGreaterThanOrEqual(before.length);
  const { content, status } = await storedReply(request, id);
  expect(status).toBe('complete');
  expect(bare(whole)).toBe(bare(content));
});

test('two tabs show the same reply', async ({ page, context, request }) => {
  const id = await created(request, { ...ENDLESS, max_tokens: 200 });
  const other = await context.newPage();
  await other.goto(`/c/${id}`);
  await page.goto(`/c/${id}`);

  await ask(page, 'Go on and on.');

  await replyOf(other, 10);
  expect(await finishedReply(other)).toBe(await finishedReply(page));
  await expect(questions(other)).toHaveCount(1);
});

test('an edited message makes a branch, and both can be read', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'What is the capital of France?');
  expect(await finishedReply(page)).toContain('Paris');
  await questions(page).last().hover();
  await questions(page).last().getByRole('button', { name: 'Edit' }).click();
  const edited = page.getByRole('textbox', { name: 'Edit your message' });
  await edited.fill('What is the capital of Italy?');

  await edited.press('Enter');

  await expect(questions(page).last()).toContainText('Italy');
  expect(await finishedReply(page)).toContain('Rome');
  await questions(page).last().hover();
  await questions(page).last().getByRole('button', { name: 'Previous version' }).click();
  await expect(questions(page).last()).toContainText('France');
  await expect(lastReply(page)).toContainText('Paris');
});

test('another reply stands beside the first', async ({ page }) => {
  await page.goto('/');
  await ask(page, 'Tell me a story about a llama.');
  await finishedReply(page);

  await page.getByRole('button', { name: 'Write another reply' }).click();

  await expect(page.getByRole('group', { name: 'Version 2 of 2' })).toBeVisible();
  await finishedReply(page);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await expect(page.getByRole('group', { name: 'Version 1 of 2' })).toBeVisible();
});

test('the page says what the model no longer sees', async ({ page, request }) => {
  const id = await created(request, { model: 'small', title: 'Small window', temperature: 0 });
  await page.goto(`/c/${id}`);

  for (const country of ['France', 'Italy', 'Spain', 'Japan', 'Egypt', 'Greece', 'Peru']) {
    await ask(page, `What is the capital of ${country}? ${'Please think about it well. '.repeat(4)}`);
    await finishedReply(page);
  }

  await expect(page.getByText(/The model no longer sees the (\d+ messages|message) above/)).toBeVisible();
});

/** Marks of Markdown and white space may be drawn otherwise than they are stored; letters and digits may not. */
function bare(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
