import { useEffect, useState } from 'react';

import { failureOf, type Failure } from '../api/failure';
import { listModels } from '../api/models';
import { pause } from '../api/pause';

/** What the page knows about the server's models. */
export type Models =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'ready'; readonly names: readonly string[] }
  /** The page goes on trying. */
  | { readonly kind: 'failed'; readonly failure: Failure };

const SECONDS_BETWEEN_TRIES = 3;

/** Asks for the models until there are some, so that the page comes to life with the server. */
export function useModels(): Models {
  const [models, setModels] = useState<Models>({ kind: 'connecting' });
  useEffect(() => {
    const leaving = new AbortController();
    void connect(leaving.signal, setModels);
    return () => {
      leaving.abort();
    };
  }, []);
  return models;
}

async function connect(signal: AbortSignal, tell: (models: Models) => void): Promise<void> {
  for (;;) {
    const models = await ask(signal);
    if (signal.aborted) {
      return;
    }
    tell(models);
    if (models.kind === 'ready') {
      return;
    }
    await pause(SECONDS_BETWEEN_TRIES, signal);
  }
}

async function ask(signal: AbortSignal): Promise<Models> {
  try {
    return { kind: 'ready', names: await listModels(signal) };
  } catch (error) {
    return { kind: 'failed', failure: failureOf(error) };
  }
}
