import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { Banner } from '#components/ui/Banner.tsx';
import { unfitIn, withReplacements } from '#lib/mail/charset/unfit.ts';
import type { DraftKeeper } from './draftKeeper.ts';
import type { LocalDraft } from './localDraft.ts';

const SHOWN = 20;

/** The very characters that ISO-2022-JP can't carry, before anything is sent, and the two ways on. */
export function UnfitBanner({ draft, keeper }: { draft: LocalDraft; keeper: DraftKeeper }) {
  const t = useTranslations('compose.charset');
  const { charset, subject, text } = draft;
  const unfit = useMemo(
    () => (charset === 'iso-2022-jp' ? unfitIn(`${subject}\n${text}`) : []),
    [charset, subject, text],
  );
  if (unfit.length === 0) return null;
  const replaced = { subject: withReplacements(subject), text: withReplacements(text) };
  const helps = replaced.subject !== subject || replaced.text !== text;
  return (
    <Banner
      tone="soon"
      role="status"
      icon={<IconAlertTriangle size={16} stroke={1.75} />}
      title={t('unfitTitle')}
      actions={
        <>
          {helps ? (
            <Button size="sm" variant="default" onClick={() => keeper.change(replaced)}>
              {t('replace')}
            </Button>
          ) : null}
          <Button size="sm" variant="default" onClick={() => keeper.change({ charset: 'utf-8' })}>
            {t('useUtf8')}
          </Button>
        </>
      }
    >
      {t('unfitText', { characters: `${unfit.slice(0, SHOWN).join(' ')}${unfit.length > SHOWN ? ' …' : ''}` })}
    </Banner>
  );
}
