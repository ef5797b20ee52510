import { IconCheck, IconDeviceFloppy, IconWifiOff } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import classes from './Composer.module.css';
import type { KeeperView } from './draftKeeper.ts';

/** Where the words are: 14:31 保存済み, on their way, or on this device only. */
export function SaveMark({ view }: { view: KeeperView }) {
  const t = useTranslations('compose.save');
  const when = useWhen();
  const { state, draft } = view;
  if (state === 'idle') return null;
  const local = state === 'local' || state === 'elsewhere' || state === 'refused';
  const Icon = local ? IconWifiOff : state === 'saved' ? IconCheck : IconDeviceFloppy;
  const words =
    state === 'saved' && draft.savedAt
      ? t('saved', { time: when.clock(draft.savedAt) })
      : local
        ? t('local')
        : t('saving');
  return (
    <span className={classes.saved} data-tone={local ? 'soon' : undefined} role="status">
      <Icon size={12} stroke={2} aria-hidden />
      {words}
    </span>
  );
}
