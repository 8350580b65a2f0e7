/** Resolves after this many seconds, or at once when the signal is aborted. */
export function pause(seconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    signal.addEventListener('abort', done);
    if (signal.aborted) {
      done();
    }
  });
}

/** The same as the signal's property, which compilers take for something that a pause cannot change. */
export function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
