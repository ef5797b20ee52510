import { IconFile } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { AttachmentShape } from '#lib/conversations/shapes.ts';
import { api } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Attachments.module.css';

/** The files of a mail, to be loaded down one by one. */
export function Attachments({ files }: { files: AttachmentShape[] }) {
  const t = useTranslations('conversation');
  const size = useTranslations('common.size');
  const { slug } = useInbox();
  if (files.length === 0) return null;
  const written = (bytes: number) => {
    if (bytes < 1024) return size('b', { value: bytes });
    if (bytes < 1024 * 1024) return size('kb', { value: Math.round(bytes / 1024) });
    return size('mb', { value: (bytes / 1024 / 1024).toFixed(1) });
  };
  return (
    <ul className={classes.files} aria-label={t('files', { count: files.length })}>
      {files.map((file) => (
        <li key={file.id}>
          <a
            className={classes.file}
            href={api(slug, `attachments/${file.id}`)}
            download={file.filename}
            title={file.filename}
          >
            <IconFile size={14} stroke={1.75} aria-hidden />
            <span className={classes.name}>{file.filename || t('fileNoName')}</span>
            <span className={classes.size}>{written(file.size)}</span>
          </a>
        </li>
      ))}
    </ul>
  );
}
