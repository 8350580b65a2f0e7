import type { Page } from '@playwright/test';

/** How long the page's frames took, in milliseconds. */
export interface Frames {
  readonly frames: number;
  readonly median: number;
  readonly p95: number;
  readonly longest: number;
}

/** Measures the frames of a page while something happens in it. */
export async function framesDuring(page: Page, happening: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const measured = window as unknown as { frameMillis: number[] };
    measured.frameMillis = [];
    let last = performance.now();
    const onFrame = (now: number): void => {
      measured.frameMillis.push(now - last);
      last = now;
      requestAnimationFrame(onFrame);
    };
    requestAnimationFrame(onFrame);
  });
  await happening();
  const millis = await page.evaluate(() => (window as unknown as { frameMillis: number[] }).frameMillis);
  const sorted = millis.toSorted((a, b) => a - b);
  const at = (part: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
  return { frames: sorted.length, median: at(0.5), p95: at(0.95), longest: at(1) };
}
