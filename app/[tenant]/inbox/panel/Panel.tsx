import { IconFlag, IconUserQuestion } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Avatar } from '#components/ui/Avatar.tsx';
import { Banner } from '#components/ui/Banner.tsx';
import { EmptyState } from '#components/ui/EmptyState.tsx';
import { useConversation } from '../queries/useConversation.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { CaseList } from './CaseList.tsx';
import classes from './Panel.module.css';

/** Who the customer is: name with its reading, caution, addresses, and everything else they wrote about. */
export function Panel({ id, onGo }: { id: string; onGo?: () => void }) {
  const t = useTranslations('conversation.panel');
  const { slug } = useInbox();
  const { data } = useConversation(slug, id);
  return (
    <aside className={classes.panel} aria-label={t('label')} data-pane="panel" tabIndex={-1}>
      {data?.customer ? (
        <>
          <section className={classes.section}>
            <div className={classes.who}>
              <Avatar name={data.customer.name} kind="customer" size="l" />
              <div>
                <h2 className={classes.name}>{data.customer.name}</h2>
                {data.customer.furigana ? <div className={classes.furigana}>{data.customer.furigana}</div> : null}
              </div>
            </div>
            {data.customer.caution ? (
              <Banner tone="late" icon={<IconFlag size={16} stroke={1.75} />} title={t('caution')}>
                {data.customer.caution}
              </Banner>
            ) : null}
            <dl className={classes.facts}>
              <dt>{t('mail')}</dt>
              <dd>
                {data.customer.addresses.map((address) => (
                  <div key={address}>{address}</div>
                ))}
              </dd>
            </dl>
          </section>
          <CaseList title={t('history')} cases={data.customer.conversations} here={data.id} onGo={onGo} />
          {data.linked.length > 0 ? <Linked linked={data.linked} onGo={onGo} /> : null}
        </>
      ) : data ? (
        <EmptyState icon={<IconUserQuestion size={24} stroke={1.75} />} title={t('noneTitle')} heading="h3">
          {t('noneText')}
        </EmptyState>
      ) : null}
    </aside>
  );
}

function Linked({ linked, onGo }: { linked: { id: string; number: number; subject: string }[]; onGo?: () => void }) {
  const t = useTranslations('conversation.panel');
  const { go } = useInbox();
  return (
    <section className={classes.section}>
      <h3 className={classes.title}>{t('linked')}</h3>
      {linked.map((other) => (
        <button
          key={other.id}
          type="button"
          className={classes.case}
          onClick={() => {
            go({ conversation: other.id });
            onGo?.();
          }}
        >
          <span />
          <span className={classes.subject}>{other.subject}</span>
          <span className={classes.time}>#{other.number}</span>
        </button>
      ))}
    </section>
  );
}
