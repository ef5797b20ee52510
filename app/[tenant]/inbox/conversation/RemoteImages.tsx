import { IconPhotoOff } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { settle } from '#components/net/settle.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { distrustImages, trustImages } from '../actions.ts';
import { useInbox } from '../state/InboxContext.tsx';
import type { Remote } from './HtmlFrame.tsx';
import classes from './MailBody.module.css';

type Props = {
  id: string;
  remote: Remote;
  onShow: () => void;
  /** Whether the sender is trusted has changed. */
  onTrust: () => void;
  onFail: (problem: Problem) => void;
};

/** That pictures from outside aren't shown, and the two ways to see them. */
export function RemoteImages({ id, remote, onShow, onTrust, onFail }: Props) {
  const t = useTranslations('conversation.pictures');
  const { slug, may } = useInbox();
  if (remote.count === 0) return null;
  const change = async (deed: typeof trustImages) => {
    const result = await settle(deed(slug, id));
    if (result.ok) onTrust();
    else onFail(result.error);
  };
  const { shown, count } = remote;
  const text =
    shown === 'no' ? t('hidden', { count }) : shown === 'once' ? t('once', { count }) : t('sender', { count });
  return (
    <div className={classes.line} role="status">
      <span className={classes.said}>
        <IconPhotoOff size={14} stroke={1.75} aria-hidden />
        {text}
      </span>
      {shown === 'no' ? (
        <button type="button" className={classes.link} onClick={onShow}>
          {t('showOnce')}
        </button>
      ) : null}
      {may('conversation.work') ? (
        <button
          type="button"
          className={classes.link}
          onClick={() => void change(shown === 'sender' ? distrustImages : trustImages)}
        >
          {shown === 'sender' ? t('distrust') : t('trust')}
        </button>
      ) : null}
    </div>
  );
}
