import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/Banner.tsx';
import classes from '../parts/Sheet.module.css';

const RESULTS = ['connected', 'otherAddress', 'denied', 'expired', 'failed'] as const;
type Result = (typeof RESULTS)[number];

/** What the provider's sign-in came back with (docs/decisions/018); null for anything else in the address. */
export const oauthResultOf = (value: unknown): Result | null => RESULTS.find((result) => result === value) ?? null;

const TONE = { connected: 'go', otherAddress: 'soon', denied: 'late', expired: 'late', failed: 'late' } as const;

/** How the sign-in at the provider ended. */
export function OauthResult({ slug, result, address }: { slug: string; result: Result; address: string }) {
  const t = useTranslations('settings.oauth');
  const Icon = result === 'connected' ? IconCheck : IconAlertTriangle;
  return (
    <div className={classes.banner}>
      <Banner
        tone={TONE[result]}
        role="status"
        icon={<Icon size={16} stroke={1.75} />}
        title={t(result, { address })}
        actions={<Link href={`/${slug}/settings/mailboxes`}>{t('close')}</Link>}
      />
    </div>
  );
}
