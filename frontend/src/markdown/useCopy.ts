import { useCallback, useEffect, useState } from 'react';

import { useToast } from '../app/Toasts';
import { useMessages } from '../i18n/useMessages';

const SHOWN_MILLIS = 2000;

/** Copies a text, and says for a moment that it did. */
export function useCopy(text: string): { readonly copied: boolean; readonly copy: () => void } {
  const { transcript } = useMessages();
  const toast = useToast();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) {
      return;
    }
    const timer = setTimeout(() => {
      setCopied(false);
    }, SHOWN_MILLIS);
    return () => {
      clearTimeout(timer);
    };
  }, [copied]);
  const copy = useCallback(() => {
    write(text).then(
      () => {
        setCopied(true);
      },
      () => {
        toast({ text: transcript.notCopied });
      },
    );
  }, [text, toast, transcript]);
  return { copied, copy };
}

/** Browsers have no clipboard for pages that came over plain HTTP from another machine. */
async function write(text: string): Promise<void> {
  await (navigator.clipboard as Clipboard | undefined ?? { writeText: () => Promise.reject(new Error('no clipboard')) }).writeText(text);
}
