import { useTranslations } from 'next-intl';
import { useState } from 'react';
import type { MailItem, Problem } from '#lib/conversations/shapes.ts';
import { HtmlFrame, type Remote } from './HtmlFrame.tsx';
import classes from './MailBody.module.css';
import { MailText } from './MailText.tsx';
import { RemoteImages } from './RemoteImages.tsx';

type Props = { item: MailItem; charset: string | null; onFail: (problem: Problem) => void };

/** A mail as it was designed; without its design where that can't be made any more. */
export function MailHtml({ item, charset, onFail }: Props) {
  const t = useTranslations('conversation');
  const [images, setImages] = useState<boolean | null>(null);
  const [remote, setRemote] = useState<Remote>({ count: 0, shown: 'no' });
  // Counts how often the sender's trust changed: the frame is read again.
  const [turn, setTurn] = useState(0);
  const [missing, setMissing] = useState(false);
  if (missing) {
    return (
      <>
        <p className={classes.line}>{t('htmlMissing')}</p>
        <MailText item={item} />
      </>
    );
  }
  return (
    <>
      <RemoteImages
        id={item.id}
        remote={remote}
        onShow={() => setImages(true)}
        onTrust={() => {
          setImages(null);
          setTurn(turn + 1);
        }}
        onFail={onFail}
      />
      <HtmlFrame
        key={turn}
        id={item.id}
        title={t('mailHtml')}
        images={images}
        charset={charset}
        onRead={setRemote}
        onMissing={() => setMissing(true)}
      />
    </>
  );
}
