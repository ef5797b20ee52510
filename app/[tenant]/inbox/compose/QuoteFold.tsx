import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useWhen } from '#components/time/useWhen.ts';
import type { ConversationShape, MailItem } from '#lib/conversations/shapes.ts';
import classes from './QuoteFold.module.css';
import { quoteOf } from './quote.ts';

/** The mail being answered, folded; goes into the answer only when asked to, so that what is sent is what is seen. */
export function QuoteFold({
  conversation,
  onInsert,
}: {
  conversation: ConversationShape;
  onInsert: (quote: string) => void;
}) {
  const t = useTranslations('compose');
  const when = useWhen();
  const [open, setOpen] = useState(false);
  const last = conversation.items.findLast((item): item is MailItem => item.kind === 'mail' && item.direction === 'in');
  if (!last) return null;
  const name = last.from.name || last.from.address;
  const quote = quoteOf(
    last,
    t('quoteIntro', { date: `${when.date(last.occurredAt)} ${when.clock(last.occurredAt)}`, name }),
  );
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <div className={classes.fold}>
      <div className={classes.line}>
        <button type="button" className={classes.button} aria-expanded={open} onClick={() => setOpen(!open)}>
          <Chevron size={12} stroke={1.75} aria-hidden />
          {t('quote', { count: quote.split('\n').length - 1 })}
        </button>
        <button type="button" className={classes.insert} onClick={() => onInsert(quote)}>
          {t('quoteInsert')}
        </button>
      </div>
      {open ? <div className={classes.text}>{quote}</div> : null}
    </div>
  );
}
