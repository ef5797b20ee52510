import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { Banner } from '#components/ui/Banner.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import { AccountFields } from './AccountFields.tsx';
import classes from './Accounts.module.css';
import form from './NewAccount.module.css';
import { TestSteps } from './TestSteps.tsx';
import { useAccountForm } from './useAccountForm.ts';

type Props = { slug: string; zone: string; mailboxes: { id: string; name: string }[]; onClose: () => void };

/** A new mail account: connects before it saves, and shows how far it came in the server's own words. */
export function NewAccount({ slug, zone, mailboxes, onClose }: Props) {
  const t = useTranslations('settings.form');
  const say = useProblemText();
  const { values, set, wrong, problem, tested, busy, test, save } = useAccountForm({ slug, zone, mailboxes, onClose });
  return (
    <div className={classes.columns}>
      <form
        className={form.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {problem ? (
          <Banner tone="late" role="alert" icon={<IconAlertTriangle size={16} stroke={1.75} />} title={t('refused')}>
            {say(problem)}
          </Banner>
        ) : null}
        <AccountFields values={values} set={set} wrong={wrong} mailboxes={mailboxes} />
        <div className={form.buttons}>
          <Button type="submit" loading={busy === 'save'} disabled={busy === 'test'}>
            {t('save')}
          </Button>
          <Button variant="default" loading={busy === 'test'} disabled={busy === 'save'} onClick={() => void test()}>
            {t('test')}
          </Button>
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
        </div>
      </form>
      <TestSteps tested={tested} busy={busy !== null} />
    </div>
  );
}
