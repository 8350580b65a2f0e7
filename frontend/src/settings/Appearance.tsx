import { useId } from 'react';

import { useMessages } from '../i18n/useMessages';
import { THEMES, usePreferences, type Language } from '../preferences/preferences';

/** Each in its own language, so that whoever reads only that one finds it. */
const LANGUAGES: readonly (readonly [Language, string])[] = [
  ['en', 'English'],
  ['zh', '简体中文'],
];

/** Colours and language of the page. */
export function Appearance() {
  const { settings } = useMessages();
  const [{ theme, language }, change] = usePreferences();
  const id = useId();
  return (
    <>
      <fieldset className="setting">
        <legend>{settings.theme}</legend>
        <div className="choices">
          {THEMES.map((each) => (
            <label key={each}>
              <input
                type="radio"
                name={`${id}-theme`}
                checked={theme === each}
                onChange={() => {
                  change({ theme: each });
                }}
              />
              <span>{settings.themes[each]}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <fieldset className="setting">
        <legend>{settings.language}</legend>
        <div className="choices">
          {LANGUAGES.map(([each, name]) => (
            <label key={each}>
              <input
                type="radio"
                name={`${id}-language`}
                checked={language === each}
                onChange={() => {
                  change({ language: each });
                }}
              />
              <span lang={each === 'zh' ? 'zh-Hans' : each}>{name}</span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}
