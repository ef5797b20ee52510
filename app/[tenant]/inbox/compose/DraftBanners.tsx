import { Button } from '@mantine/core';
import { IconAlertTriangle, IconDeviceDesktop, IconHistory } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import { Banner } from '#components/ui/Banner.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import type { Beginning } from './beginDraft.ts';
import type { DraftKeeper, KeeperView } from './draftKeeper.ts';
import type { LocalDraft } from './localDraft.ts';

type Props = {
  keeper: DraftKeeper;
  view: KeeperView;
  from: Beginning['from'];
  lost: LocalDraft | null;
  problem: Problem | null;
};

/** What the writer must know about the words: restored, newer on another device, not sent. Each says what is safe. */
export function DraftBanners({ keeper, view, from, lost, problem }: Props) {
  const t = useTranslations('compose');
  const say = useProblemText();
  const when = useWhen();
  const [noted, setNoted] = useState(false);
  // Only a save that was refused for good is told here; one that comes later is the save mark's business.
  const shown = problem ?? (view.state === 'refused' ? view.problem : null);
  const small = (text: string, onClick: () => void) => (
    <Button size="sm" variant="default" onClick={onClick}>
      {text}
    </Button>
  );
  return (
    <>
      {shown && shown.reason !== 'offline' ? (
        <Banner tone="late" role="alert" icon={<IconAlertTriangle size={16} stroke={1.75} />} title={t('notSentTitle')}>
          {say(shown)} {t('kept')}
        </Banner>
      ) : null}
      {problem?.reason === 'offline' ? (
        <Banner tone="late" role="alert" icon={<IconAlertTriangle size={16} stroke={1.75} />} title={t('unknownTitle')}>
          {t('unknownText')}
        </Banner>
      ) : null}
      {view.other ? (
        <Banner
          tone="soon"
          role="alert"
          icon={<IconDeviceDesktop size={16} stroke={1.75} />}
          title={t('elsewhereTitle')}
          actions={
            <>
              {small(t('takeOther'), () => keeper.take())}
              {small(t('keepMine'), () => keeper.overwrite())}
            </>
          }
        >
          {t('elsewhereText', { at: when.brief(view.other.updatedAt) })}
        </Banner>
      ) : null}
      {from === 'restored' && !noted ? (
        <Banner
          icon={<IconHistory size={16} stroke={1.75} />}
          title={t('restoredTitle')}
          actions={small(t('noted'), () => setNoted(true))}
        >
          {t('restoredText')}
        </Banner>
      ) : null}
      {lost && !noted ? (
        <Banner
          tone="soon"
          icon={<IconDeviceDesktop size={16} stroke={1.75} />}
          title={t('lostTitle')}
          actions={
            <>
              {small(t('useLost'), () => {
                const { to, cc, subject, text, charset } = lost;
                keeper.change({ to, cc, subject, text, charset });
                setNoted(true);
              })}
              {small(t('noted'), () => setNoted(true))}
            </>
          }
        >
          {t('lostText')}
        </Banner>
      ) : null}
    </>
  );
}
