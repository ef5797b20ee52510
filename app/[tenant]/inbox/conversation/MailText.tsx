import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MailItem } from '#lib/conversations/shapes.ts';
import { Linked } from './Linked.tsx';
import classes from './MailBody.module.css';

// An English mail is read aloud in English, whatever the screen's language is (design.md 7).
const languageOf = (text: string) => (/[\u3040-\u30ff\u3400-\u9fff]/.test(text) ? 'ja' : 'en');

/** Plain text; what it quotes is folded away. */
export function MailText({ item }: { item: MailItem }) {
  const t = useTranslations('conversation');
  const [quote, setQuote] = useState(false);
  const own = (item.quotedFrom === null ? item.text : item.text.slice(0, item.quotedFrom)).trimEnd();
  const quoted = item.quotedFrom === null ? '' : item.text.slice(item.quotedFrom).trim();
  const lines = quoted === '' ? 0 : quoted.split('\n').length;
  const Chevron = quote ? IconChevronDown : IconChevronRight;
  return (
    <>
      {own === '' ? (
        <p className={classes.empty}>{t('emptyMail')}</p>
      ) : (
        <div className={classes.text} lang={languageOf(own)}>
          <Linked text={own} />
        </div>
      )}
      {lines > 0 ? (
        <>
          <button type="button" className={classes.fold} aria-expanded={quote} onClick={() => setQuote(!quote)}>
            <Chevron size={12} stroke={1.75} aria-hidden />
            {quote ? t('quoteHide') : t('quoteShow', { count: lines })}
          </button>
          {quote ? (
            <div className={`${classes.text} ${classes.quote}`} lang={languageOf(quoted)}>
              <Linked text={quoted} />
            </div>
          ) : null}
        </>
      ) : null}
    </>
  );
}
