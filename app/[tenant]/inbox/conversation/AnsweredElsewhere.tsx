import { IconArrowBackUp } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import { Banner } from '#components/ui/Banner.tsx';
import type { ConversationShape } from '#lib/conversations/shapes.ts';

type Props = { answer: NonNullable<ConversationShape['answeredElsewhere']> };

/** The same mail was answered in another 窓口: seen before anybody begins to write. */
export function AnsweredElsewhere({ answer }: Props) {
  const t = useTranslations('conversation.elsewhere');
  const when = useWhen();
  const { who, mailbox, number } = answer;
  const at = when.brief(answer.at);
  return (
    <Banner tone="soon" icon={<IconArrowBackUp size={16} stroke={1.75} />} title={t('title')}>
      {number === null ? t('somewhere', { at }) : t(who ? 'by' : 'bySomebody', { who, mailbox, number, at })}
    </Banner>
  );
}
