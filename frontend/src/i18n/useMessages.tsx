import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

import { usePreferences, type Language } from '../preferences/preferences';
import { en, type Messages } from './en';

const MessagesContext = createContext<Messages>(en);

/** The page's texts in the reader's language. */
export function useMessages(): Messages {
  return useContext(MessagesContext);
}

/** Gives everything inside the texts of the chosen language. English comes with the page, the others when they are chosen. */
export function MessagesProvider({ children }: { readonly children: ReactNode }) {
  const [{ language }] = usePreferences();
  const [loaded, setLoaded] = useState<{ readonly language: Language; readonly messages: Messages }>({
    language: 'en',
    messages: en,
  });
  useEffect(() => {
    let wanted = true;
    const show = (messages: Messages): void => {
      if (wanted) {
        setLoaded({ language, messages });
      }
    };
    void load(language).then(show, () => {
      show(en);
    });
    return () => {
      wanted = false;
    };
  }, [language]);
  // The page waits for the reader's language rather than flash another one.
  return loaded.language === language ? <MessagesContext value={loaded.messages}>{children}</MessagesContext> : null;
}

async function load(language: Language): Promise<Messages> {
  switch (language) {
    case 'en':
      return en;
    case 'zh':
      return (await import('./zh')).zh;
  }
}
