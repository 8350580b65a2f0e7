import { useSyncExternalStore } from 'react';

import { property } from '../api/json';
import { Kept } from './Kept';

export type Theme = 'system' | 'light' | 'dark';
export type Language = 'en' | 'zh';

export const THEMES: readonly Theme[] = ['system', 'light', 'dark'];

/** What the reader has chosen for this browser. */
export interface Preferences {
  readonly theme: Theme;
  readonly language: Language;
  /** Whether the list of conversations is shown beside them, where there is room. */
  readonly listOpen: boolean;
}

const preferences = new Kept('corral.preferences', parse);
preferences.subscribe(showTheme);

/** The reader's choices, and how to change them. */
export function usePreferences(): readonly [Preferences, (change: Partial<Preferences>) => void] {
  return [useSyncExternalStore(preferences.subscribe, getPreferences), changePreferences];
}

export function getPreferences(): Preferences {
  return preferences.get();
}

/** Changes some choices and keeps them, if the browser lets the page. */
export function changePreferences(change: Partial<Preferences>): void {
  preferences.set({ ...preferences.get(), ...change });
}

/** Forgets all choices. */
export function clearPreferences(): void {
  preferences.clear();
}

/** Gives the page the chosen colours. */
export function showTheme(): void {
  const { theme, language } = preferences.get();
  const root = document.documentElement;
  root.lang = language === 'zh' ? 'zh-Hans' : 'en';
  if (theme === 'system') {
    delete root.dataset.theme;
  } else {
    root.dataset.theme = theme;
  }
}

function parse(kept: unknown): Preferences {
  const theme = property(kept, 'theme');
  const language = property(kept, 'language');
  const listOpen = property(kept, 'listOpen');
  return {
    theme: theme === 'light' || theme === 'dark' ? theme : 'system',
    language: language === 'en' || language === 'zh' ? language : browserLanguage(),
    listOpen: typeof listOpen === 'boolean' ? listOpen : true,
  };
}

function browserLanguage(): Language {
  return navigator.language.startsWith('zh') ? 'zh' : 'en';
}
