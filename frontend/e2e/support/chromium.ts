import { isExecutable, onPath } from './executables.ts';

/** The browser that `CHROME_BIN` names, or else one on the path; null if there is none. */
export function findChromium(): string | null {
  const named = process.env.CHROME_BIN;
  return named === undefined ? onPath('chromium', 'google-chrome', 'chromium-browser') : isExecutable(named) ? named : null;
}
