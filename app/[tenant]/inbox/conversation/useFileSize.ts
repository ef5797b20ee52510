import { useTranslations } from 'next-intl';

/** Bytes in the unit a person would use. */
export function useFileSize(): (bytes: number) => string {
  const size = useTranslations('common.size');
  return (bytes) => {
    if (bytes < 1024) return size('b', { value: bytes });
    if (bytes < 1024 * 1024) return size('kb', { value: Math.round(bytes / 1024) });
    return size('mb', { value: (bytes / 1024 / 1024).toFixed(1) });
  };
}
