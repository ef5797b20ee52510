import { IconFile } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { AttachmentShape } from '#lib/conversations/shapes.ts';
import { api } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './Attachments.module.css';
import { useFileSize } from './useFileSize.ts';

/** The files of a mail, to be loaded down one by one. */
export function Attachments({ files }: { files: AttachmentShape[] }) {
  const t = useTranslations('conversation');
  const written = useFileSize();
  const { slug } = useInbox();
  if (files.length === 0) return null;
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
