import { useEffect, useState } from 'react';

/** The value as it was when it last stayed the same for this time. */
export function useDebounced<T>(value: T, millis: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => {
      setSettled(value);
    }, millis);
    return () => {
      clearTimeout(timer);
    };
  }, [value, millis]);
  return settled;
}
