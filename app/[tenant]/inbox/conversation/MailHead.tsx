import { IconPaperclip } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { AddressShape, MailItem } from '#lib/conversations/shapes.ts';
import { isAutomatic } from './group.ts';
import classes from './Mail.module.css';

type Props = { item: MailItem; name: string; mailbox: string; open: boolean; fresh: boolean; onToggle: () => void };

const list = (addresses: readonly AddressShape[]) =>
  addresses.map(({ name, address }) => (name ? `${name} <${address}>` : address)).join(', ');

/** Who, by which way, when; the whole line folds and unfolds. */
export function MailHead({ item, name, mailbox, open, fresh, onToggle }: Props) {
  const t = useTranslations('conversation');
  const when = useWhen();
  const inbound = item.direction === 'in';
  const to = item.to[0]?.address ?? '';
  const others = item.to.length + item.cc.length > 1;
  // A form's customer stands as its writer already.
  const replyTo = item.replyTo?.address === item.from.address ? null : item.replyTo;
  return (
    <>
      <button type="button" className={classes.head} aria-expanded={open} onClick={onToggle}>
        <span className={classes.name}>{name}</span>
        {inbound || isAutomatic(item) ? null : <span className={classes.quiet}>{t('answer')}</span>}
        {item.class !== 'human' && t.has(`class.${item.class}`) ? (
          <span className={classes.tag}>{t(`class.${item.class}`)}</span>
        ) : null}
        {open ? (
          <span className={classes.route}>
            {inbound ? t('route', { from: item.from.address, to: mailbox }) : t('route', { from: mailbox, to })}
          </span>
        ) : (
          <span className={classes.snippet}>{item.snippet}</span>
        )}
        <span className={classes.meta}>
          {!open && item.attachments.length > 0 ? (
            <span title={t('files', { count: item.attachments.length })}>
              <IconPaperclip size={12} stroke={1.75} aria-hidden /> {item.attachments.length}
            </span>
          ) : null}
          <time dateTime={item.occurredAt}>
            {open ? when.full(item.occurredAt) : when.brief(item.occurredAt)}
            {fresh && open ? t('ago', { age: when.age(item.occurredAt) }) : null}
          </time>
        </span>
      </button>
      {open && (others || replyTo || item.sentDate) ? (
        <dl className={classes.recipients}>
          {others ? (
            <>
              <dt>{t('to')}</dt>
              <dd>{list(item.to)}</dd>
              {item.cc.length > 0 ? (
                <>
                  <dt>{t('cc')}</dt>
                  <dd>{list(item.cc)}</dd>
                </>
              ) : null}
            </>
          ) : null}
          {replyTo ? (
            <>
              <dt>{t('replyTo')}</dt>
              <dd>{list([replyTo])}</dd>
            </>
          ) : null}
          {item.sentDate ? (
            <>
              <dt>{t('sentDate')}</dt>
              <dd>{when.full(item.sentDate)}</dd>
            </>
          ) : null}
        </dl>
      ) : null}
    </>
  );
}
