import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle, IconMail } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { InboxShell } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { RailLink } from './RailLink.tsx';

type Props = { mailbox: InboxShell['mailboxes'][number]; count?: number; onGo?: () => void };

/** One 窓口: its open conversations, by status in the list's head. A failing one has another sign and says so. */
export function MailboxLink({ mailbox, count, onGo }: Props) {
  const t = useTranslations('inbox');
  const { place, go } = useInbox();
  const failing = mailbox.health === 'failing';
  const Icon = failing ? IconAlertTriangle : IconMail;
  return (
    <RailLink
      icon={<Icon size={16} stroke={1.75} aria-hidden />}
      bad={failing}
      place={{ view: 'open', mailbox: mailbox.id, conversation: null }}
      here={place.mailbox === mailbox.id}
      count={count}
      onGo={(next) => {
        go(next);
        onGo?.();
      }}
    >
      {mailbox.name}
      {failing ? <VisuallyHidden>{t('rail.failing')}</VisuallyHidden> : null}
    </RailLink>
  );
}
