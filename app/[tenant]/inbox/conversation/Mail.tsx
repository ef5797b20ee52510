import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Avatar } from '#components/ui/Avatar.tsx';
import type { MailItem, Problem } from '#lib/conversations/shapes.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { Attachments } from './Attachments.tsx';
import { DeliveryState } from './DeliveryState.tsx';
import classes from './Mail.module.css';
import { MailBody } from './MailBody.tsx';
import { MailHead } from './MailHead.tsx';

type Props = {
  item: MailItem;
  mailbox: string;
  initiallyOpen: boolean;
  focus: boolean;
  onFail: (problem: Problem) => void;
  onReply: () => void;
};

/** One mail, in or out: folded to a line, or whole with its text, files, and where its delivery stands. */
export function Mail({ item, mailbox, initiallyOpen, focus, onFail, onReply }: Props) {
  const t = useTranslations('conversation');
  const { shell } = useInbox();
  const [choice, setChoice] = useState<boolean | null>(null);
  const open = choice ?? initiallyOpen;
  const inbound = item.direction === 'in';
  const name = inbound ? item.from.name || item.from.address : (item.author?.name ?? item.from.name);
  return (
    <article
      className={classes.mail}
      data-folded={!open || undefined}
      data-reading={focus || undefined}
      aria-label={inbound ? t('mailFrom', { name }) : t('mailBy', { name })}
    >
      <span className={classes.face}>
        <Avatar name={name} size="m" kind={inbound ? 'customer' : item.author?.id === shell.me.id ? 'me' : 'staff'} />
      </span>
      <MailHead
        item={item}
        name={name}
        mailbox={mailbox}
        open={open}
        fresh={focus && inbound}
        onToggle={() => setChoice(!open)}
      />
      {open ? (
        <>
          <MailBody item={item} />
          <Attachments files={item.attachments} />
        </>
      ) : null}
      {item.delivery ? (
        <DeliveryState delivery={item.delivery} quiet={!open} onFail={onFail} onReply={onReply} />
      ) : null}
    </article>
  );
}
