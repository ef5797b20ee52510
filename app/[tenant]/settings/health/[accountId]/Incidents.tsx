import { Button } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { useWhen } from '#components/time/useWhen.ts';
import type { Incident } from '#lib/accounts/incidents.ts';
import { Refused } from '../../parts/Refused.tsx';
import sheet from '../../parts/Sheet.module.css';
import { useDeed } from '../../parts/useDeed.ts';
import { markIncidentSeen } from '../actions.ts';
import classes from './AccountHealth.module.css';

/** What happened to the receipt, newest first, in plain words. */
export function Incidents({ slug, incidents, edit }: { slug: string; incidents: Incident[]; edit: boolean }) {
  const t = useTranslations('settings.detail');
  const { busy, problem, run } = useDeed();
  const when = useWhen();
  const sentence = useSentence();
  const words = useTranslations('settings.incident');
  return (
    <section className={sheet.section}>
      <h2 className={sheet.subtitle}>{t('incidents')}</h2>
      <Refused problem={problem} title={t('incidents')} />
      {incidents.length === 0 ? <p className={sheet.note}>{t('incidentsNone')}</p> : null}
      <ul>
        {incidents.map((incident) => (
          <li key={incident.id} className={classes.incident} data-unseen={incident.seen ? undefined : ''}>
            <time className={classes.time} dateTime={incident.at}>
              {when.full(incident.at)}
            </time>
            <div>
              {sentence(incident)}
              {incident.readAgain ? <p className={classes.more}>{words('readAgain', incident.readAgain)}</p> : null}
            </div>
            {incident.seen ? (
              <span className={classes.more}>{t('seen')}</span>
            ) : edit ? (
              <Button
                size="sm"
                variant="default"
                loading={busy === incident.id}
                onClick={() => void run(incident.id, markIncidentSeen(slug, incident.id), '')}
              >
                {t('mark')}
              </Button>
            ) : (
              <span className={classes.more}>{t('unseen')}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function useSentence(): (incident: Incident) => string {
  const t = useTranslations('settings.incident');
  const when = useWhen();
  return ({ kind, data }) => {
    if (kind === 'alarm-failed') return t(`alarm-failed-${data.why ?? 'not-sent'}`);
    const since = data.since ? when.full(data.since) : '';
    const { folder = '', filled = 0, recipients = 0 } = data;
    return t(kind, { folder, filled, recipients, since });
  };
}
