import { Button } from '@mantine/core';
import { IconAlertTriangle, IconUser } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/Banner.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { Problem } from '#lib/conversations/shapes.ts';

/** A refused deed, in place. That somebody was faster is news and not a failure: it isn't red. */
export function CaseProblem({ problem, onClose }: { problem: Problem; onClose: () => void }) {
  const t = useTranslations('conversation');
  const say = useProblemText();
  const faster = problem.reason === 'claimLost';
  return (
    <Banner
      tone={faster ? 'plain' : 'late'}
      role={faster ? 'status' : 'alert'}
      icon={faster ? <IconUser size={16} stroke={1.75} /> : <IconAlertTriangle size={16} stroke={1.75} />}
      title={faster ? t('claimLostTitle', { winner: problem.params.winner ?? '' }) : t('refusedTitle')}
      actions={
        <Button size="sm" variant="default" onClick={onClose}>
          {t('dismiss')}
        </Button>
      }
    >
      {faster ? t('claimLostText') : say(problem)}
    </Banner>
  );
}
