import { useEffect, useState } from 'react';

/** True once `on` has lasted that long: nothing flickers for what is fast (design.md 4, loading). */
export function useLater(on: boolean, milliseconds = 300): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!on) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), milliseconds);
    return () => clearTimeout(timer);
  }, [on, milliseconds]);
  return on && late;
}
