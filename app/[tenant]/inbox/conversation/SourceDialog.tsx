import { Button, SegmentedControl } from '@mantine/core';
import { IconCopy, IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { fetchJson } from '#components/net/fetchJson.ts';
import { problemOf } from '#components/net/problem.ts';
import { Dialog } from '#components/ui/Dialog.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { MailSource } from '#lib/conversations/mail-shapes.ts';
import { api } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './SourceDialog.module.css';
import { useFileSize } from './useFileSize.ts';

type Props = { id: string; opened: boolean; onClose: () => void };

/** All headers of a mail, decoded or as they came, and the mail itself to save. */
export function SourceDialog({ id, opened, onClose }: Props) {
  const t = useTranslations('conversation.source');
  const { slug } = useInbox();
  const say = useProblemText();
  const { data, error } = useQuery({
    queryKey: [slug, 'source', id],
    queryFn: ({ signal }) => fetchJson<MailSource>(api(slug, `messages/${id}/source`), { signal }),
    enabled: opened,
    retry: false,
  });
  return (
    <Dialog opened={opened} onClose={onClose} title={t('title')} size={760}>
      {data ? <Source id={id} source={data} /> : <p role="status">{error ? say(problemOf(error)) : t('loading')}</p>}
    </Dialog>
  );
}

function Source({ id, source }: { id: string; source: MailSource }) {
  const t = useTranslations('conversation.source');
  const { slug } = useInbox();
  const size = useFileSize();
  const [way, setWay] = useState('decoded');
  const [copied, setCopied] = useState<'copied' | 'copyFailed' | null>(null);
  const decoded = source.headers.map(([name, value]) => `${name}: ${value}`).join('\n');
  const copy = async () => {
    // Missing on plain HTTP, where shops on an office network may be.
    const write = navigator.clipboard?.writeText(way === 'raw' ? source.raw : decoded) ?? Promise.reject();
    setCopied(await write.then(() => 'copied' as const).catch(() => 'copyFailed' as const));
  };
  return (
    <>
      <div className={classes.bar}>
        <SegmentedControl
          aria-label={t('title')}
          value={way}
          onChange={setWay}
          data={[
            { value: 'decoded', label: t('decoded') },
            { value: 'raw', label: t('raw') },
          ]}
        />
        <Button variant="default" leftSection={<IconCopy size={14} stroke={1.75} />} onClick={() => void copy()}>
          {t('copy')}
        </Button>
        <span className={classes.note} role="status">
          {copied ? t(copied) : ''}
        </span>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={classes.source} aria-label={t(way === 'raw' ? 'raw' : 'decoded')} tabIndex={0}>
        {way === 'raw' ? <pre>{source.raw}</pre> : <Headers headers={source.headers} />}
      </section>
      {source.cut ? <p className={classes.note}>{t('cut')}</p> : null}
      {source.headOnly ? (
        <p className={classes.note}>{t('headOnly')}</p>
      ) : (
        <a className={classes.save} href={api(slug, `messages/${id}/raw`)} download>
          <IconDownload size={14} stroke={1.75} aria-hidden />
          {t('download', { size: size(source.size) })}
        </a>
      )}
    </>
  );
}

function Headers({ headers }: { headers: MailSource['headers'] }) {
  return (
    <dl className={classes.headers}>
      {headers.map(([name, value], index) => (
        // Headers repeat, and never change their order.
        // biome-ignore lint/suspicious/noArrayIndexKey: their place is what they are known by
        <div key={index} className={classes.header}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
