import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/** Reads the page anew every so many seconds while somebody looks, and when they come back to it. */
export function useFresh(seconds: number): void {
  const router = useRouter();
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') router.refresh();
    };
    const timer = setInterval(look, seconds * 1000);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [router, seconds]);
}
