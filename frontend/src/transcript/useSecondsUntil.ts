import { useEffect, useState } from 'react';

/** The whole seconds until a time in milliseconds since the epoch, counted down; 0 when it has come. */
export function useSecondsUntil(time: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => {
      setNow(Date.now());
    }, 500);
    return () => {
      clearInterval(timer);
    };
  }, [time]);
  return Math.max(0, Math.ceil((time - now) / 1000));
}
