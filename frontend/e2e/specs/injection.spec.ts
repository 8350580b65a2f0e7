import { lastReply, stored } from '../support/page.ts';
import { expect, test } from '../support/test.ts';

/** Texts that would run something or fetch something in a page that trusts them. */
const HOSTILE = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<iframe srcdoc="<script>parent.alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">a</a>',
  '[link](javascript:alert(1))',
  '[link](JaVa\tScRiPt:alert(1))',
  '[link](data:text/html,<script>alert(1)</script>)',
  '![image](https://evil.example/pixel.png)',
  '![image](javascript:alert(1))',
  '<style>*{display:none}</style>',
  '$\\href{javascript:alert(1)}{x}$ and $$\\includegraphics{https://evil.example/x.png}$$',
  '```html\n<script>alert(1)</script>\n```',
  '"><script>alert(1)</script>',
  '<base href="https://evil.example/">',
];

test('stored texts that look like scripts do nothing, wherever they are shown', async ({ page, request, baseURL }) => {
  const foreign: string[] = [];
  page.on('request', (asked) => {
    if (!asked.url().startsWith(baseURL ?? '') && !asked.url().startsWith('data:') && !asked.url().startsWith('blob:')) {
      foreign.push(asked.url());
    }
  });
  const text = HOSTILE.join('\n\n');
  const id = await stored(request, { title: HOSTILE.join(' ').slice(0, 200), messages: [text, text, text, text] });
  await request.patch(`/api/conversations/${id}`, { data: { system: text } });
  const shared = await request.post(`/api/conversations/${id}/share`);
  const { token } = (await shared.json()) as { readonly token: string };

  await page.goto(`/c/${id}`);
  await expect(lastReply(page)).toContainText('<script>alert(1)</script>');
  await expectNothingOf(page);
  await page.getByRole('button', { name: 'Settings of this conversation' }).click();
  await page.getByRole('textbox', { name: 'Search', exact: true }).fill('alert');
  await expect(page.getByRole('navigation').getByRole('link').first()).toBeVisible();
  await expectNothingOf(page);
  await page.goto(`/shared/${token}`);
  await expect(page.getByText('<svg onload=alert(1)>').first()).toBeVisible();
  await expectNothingOf(page);

  expect(foreign).toEqual([]);
});

/** No element that only a text could have made. */
async function expectNothingOf(page: import('@playwright/test').Page): Promise<void> {
  await expect(page.locator('#root :is(script, iframe, style, base, object, embed, form[action])')).toHaveCount(0);
  await expect(page.locator('#root img:not([src^="data:image/"])')).toHaveCount(0);
  await expect(page.locator('a[href^="javascript:" i], a[href^="data:" i], [onerror], [onload]')).toHaveCount(0);
}
