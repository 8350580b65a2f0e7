import { expect, type APIRequestContext, type Locator, type Page } from '@playwright/test';

/** The field for the next message. */
export function field(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Message', exact: true });
}

/** Writes a message and sends it. */
export async function ask(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await expect(page.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await field(page).press('Enter');
  await expect(questions(page).last()).toContainText(text);
}

/** The messages of the reader. */
export function questions(page: Page): Locator {
  return messages(page, 'You');
}

/** The messages of the model. */
export function replies(page: Page): Locator {
  return messages(page, 'Reply');
}

function messages(page: Page, author: string): Locator {
  return page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: author, exact: true, includeHidden: true }) });
}

/** The text of the last reply so far. */
export function lastReply(page: Page): Locator {
  return replies(page).last().locator('.reply');
}

/** A busy machine writes few tokens in a second. */
const LONGEST_REPLY_MILLIS = 120_000;

/** Waits for the end of the last reply, and returns its text. */
export async function finishedReply(page: Page): Promise<string> {
  await expect(replies(page).last()).toHaveAttribute('aria-busy', 'false', { timeout: LONGEST_REPLY_MILLIS });
  return (await lastReply(page).textContent()) ?? '';
}

/** Waits until this many characters of the last reply have arrived. */
export async function replyOf(page: Page, characters: number): Promise<string> {
  await expect.poll(async () => ((await lastReply(page).textContent()) ?? '').length).toBeGreaterThan(characters);
  return (await lastReply(page).textContent()) ?? '';
}

/** Stops the reply that is written, as somebody does whose hands are on the keyboard. */
export async function stop(page: Page): Promise<void> {
  await field(page).press('Escape');
  await expect(replies(page).last()).toContainText('Stopped.');
}

/** Goes on with the last reply. */
export async function continueReply(page: Page): Promise<void> {
  // It is offered below the reply and among its actions.
  await replies(page).last().getByRole('button', { name: 'Continue' }).first().click();
}

/** The conversations' list. */
export function list(page: Page): Locator {
  return page.getByRole('navigation');
}

/** Makes a conversation with some messages in it, as an import does. */
export async function stored(
  request: APIRequestContext,
  { title, messages: said }: { readonly title: string; readonly messages: readonly string[] },
): Promise<string> {
  const conversation = {
    id: title,
    title,
    conversations: said.map((value, index) => ({ from: index % 2 === 0 ? 'human' : 'gpt', value })),
  };
  const answer = await request.post('/api/import?model=cria&format=sharegpt', { data: [conversation] });
  const [line = ''] = (await answer.text()).split('\n');
  return (JSON.parse(line) as { readonly conversation_id: string }).conversation_id;
}

/** Makes an empty conversation with these settings. */
export async function created(request: APIRequestContext, settings: Readonly<Record<string, unknown>>): Promise<string> {
  const answer = await request.post('/api/conversations', { data: settings });
  return ((await answer.json()) as { readonly id: string }).id;
}

/** What the server has stored of a reply by now. */
export async function storedReply(
  request: APIRequestContext,
  conversation: string,
): Promise<{ readonly content: string; readonly status: string }> {
  const answer = await request.get(`/api/conversations/${conversation}/messages`);
  const { messages: all } = (await answer.json()) as {
    readonly messages: readonly { readonly content: string; readonly status: string }[];
  };
  const last = all.at(-1);
  if (last === undefined) {
    throw new Error('Nothing was said in this conversation.');
  }
  return last;
}
