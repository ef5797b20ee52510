import { VisuallyHidden } from '@mantine/core';
import { useCallback, useEffect, useRef, useState } from 'react';

/** At most one in so many milliseconds (design.md 7); of several the last is said. */
const PAUSE = 10_000;

/** What to say to screen readers, thinned out. */
export function useAnnouncer() {
  const [said, setSaid] = useState('');
  const last = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const announce = useCallback((text: string) => {
    clearTimeout(timer.current);
    const say = () => {
      last.current = Date.now();
      setSaid(text);
    };
    const wait = last.current + PAUSE - Date.now();
    if (wait <= 0) say();
    else timer.current = setTimeout(say, wait);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);
  return { said, announce };
}

export function LiveRegion({ said }: { said: string }) {
  return (
    <VisuallyHidden aria-live="polite" aria-atomic>
      {said}
    </VisuallyHidden>
  );
}
