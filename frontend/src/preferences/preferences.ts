import { useSyncExternalStore } from 'react';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'zh';

/** What the reader has chosen for this browser. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  /** Whether the list of conversations is shown beside them, where there is room. */
  readonly listOpen: boolean;
}

const KEY = 'corral.preferences';
const listeners = new Set<() => void>();
let preferences: Preferences = { ...defaults(), ...stored() };

/** The reader's choices, and how to change them. */
export function usePreferences(): readonly [Preferences, (change: Partial<Preferences>) => void] {
  return [useSyncExternalStore(subscribe, getPreferences), changePreferences];
}

export function getPreferences(): Preferences {
  return preferences;
}

/** Changes some choices and keeps them, if the browser lets the page. */
export function changePreferences(change: Partial<Preferences>): void {
  preferences = { ...preferences, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // Some browsers forbid it; then the choice holds for this visit.
  }
  showTheme();
  for (const listener of listeners) {
    listener();
  }
}

/** Gives the page the chosen colours. */
export function showTheme(): void {
  const { theme, language } = preferences;
  const root = document.documentElement;
  root.lang = language === 'zh' ? 'zh-Hans' : 'en';
  if (theme === 'system') {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = theme;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

function defaults(): Preferences {
  return { theme: 'system', language: navigator.language.startsWith('zh') ? 'zh' : 'en', listOpen: true };
}

/** What an earlier visit has kept; other tabs and older pages may have written anything. */
function stored(): Partial<Preferences> {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Record<keyof Preferences, unknown>>;
    return {
      ...(kept.theme === 'light' || kept.theme === 'dark' ? { theme: kept.theme } : {}),
      ...(kept.language === 'en' || kept.language === 'zh' ? { language: kept.language } : {}),
      ...(typeof kept.listOpen === 'boolean' ? { listOpen: kept.listOpen } : {}),
    };
  } catch {
    return {};
  }
}
