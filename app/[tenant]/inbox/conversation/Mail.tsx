import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Avatar } from '#components/ui/Avatar.tsx';
import type { MailItem, Problem } from '#lib/conversations/shapes.ts';
import type { CharsetChoice } from '#lib/mail/charset/choices.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { Attachments } from './Attachments.tsx';
import { AutomaticState } from './AutomaticState.tsx';
import { DeliveryState } from './DeliveryState.tsx';
import { FormFields } from './FormFields.tsx';
import { isAutomatic } from './group.ts';
import classes from './Mail.module.css';
import { MailBody } from './MailBody.tsx';
import { MailHead } from './MailHead.tsx';
import { MailMenu } from './MailMenu.tsx';
import { ReadingLine } from './ReadingLine.tsx';
import { RuleLine } from './RuleLine.tsx';
import { SourceDialog } from './SourceDialog.tsx';
import { ThreadLine } from './ThreadLine.tsx';
import { useReading } from './useReading.ts';
import { useReclassify } from './useReclassify.ts';

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
  const [charset, setCharset] = useState<CharsetChoice | null>(null);
  const [source, setSource] = useState(false);
  const open = choice ?? initiallyOpen;
  const reading = useReading(item, open ? charset : null);
  const { busy, reclassify } = useReclassify(item.id, onFail);
  const inbound = item.direction === 'in';
  const name = inbound ? item.from.name || item.from.address : (item.author?.name ?? item.from.name);
  return (
    <article
      className={classes.mail}
      data-folded={!open || undefined}
      data-reading={focus || undefined}
      data-menu={(open && item.hasOriginal) || undefined}
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
          <ThreadLine item={item} />
          <RuleLine item={item} busy={busy} onReclassify={(as) => void reclassify(as)} />
          {item.hasOriginal ? (
            <>
              <MailMenu
                item={item}
                onReclassify={(as) => void reclassify(as)}
                charset={charset}
                onCharset={setCharset}
                onSource={() => setSource(true)}
              />
              <SourceDialog id={item.id} opened={source} onClose={() => setSource(false)} />
            </>
          ) : null}
          {charset ? <ReadingLine charset={charset} reading={reading} onBack={() => setCharset(null)} /> : null}
          <FormFields form={item.form} guessed={item.classRule === 'form-sender'} />
          <MailBody key={charset ?? ''} item={reading.item} charset={charset} onFail={onFail} />
          <Attachments files={reading.item.attachments} />
        </>
      ) : null}
      {item.delivery && isAutomatic(item) ? <AutomaticState delivery={item.delivery} /> : null}
      {item.delivery && !isAutomatic(item) ? (
        <DeliveryState delivery={item.delivery} quiet={!open} onFail={onFail} onReply={onReply} />
      ) : null}
    </article>
  );
}
