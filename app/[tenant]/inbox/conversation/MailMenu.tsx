import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDots } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { CharsetChoice } from '#lib/mail/charset/choices.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { CHARSET_NAMES, CHARSETS } from './charsets.ts';
import classes from './Mail.module.css';

type Props = {
  charset: CharsetChoice | null;
  onCharset: (charset: CharsetChoice | null) => void;
  onSource: () => void;
};

/** What one does with a single mail now and then: look at its source, read it in another charset. */
export function MailMenu({ charset, onCharset, onSource }: Props) {
  const t = useTranslations('conversation.mailMenu');
  const { shell } = useInbox();
  const item = (choice: CharsetChoice | null, name: string) => (
    <Menu.Item
      key={name}
      role="menuitemradio"
      aria-checked={choice === charset}
      rightSection={choice === charset ? <IconCheck size={14} stroke={1.75} aria-hidden /> : null}
      onClick={() => onCharset(choice)}
    >
      {name}
    </Menu.Item>
  );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon className={classes.menu} aria-label={t('label')}>
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {shell.me.seesAddresses ? (
          <>
            <Menu.Item onClick={onSource}>{t('source')}</Menu.Item>
            <Menu.Divider />
          </>
        ) : null}
        <Menu.Label>{t('charset')}</Menu.Label>
        {item(null, t('auto'))}
        {CHARSETS.map((choice) => item(choice, CHARSET_NAMES[choice]))}
      </Menu.Dropdown>
    </Menu>
  );
}
