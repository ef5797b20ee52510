import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconDots } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { MailItem } from '#lib/conversations/shapes.ts';
import type { CharsetChoice } from '#lib/mail/charset/choices.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { CHARSET_NAMES, CHARSETS } from './charsets.ts';
import classes from './Mail.module.css';

type Props = {
  item: MailItem;
  onReclassify: (as: 'auto') => void;
  charset: CharsetChoice | null;
  onCharset: (charset: CharsetChoice | null) => void;
  onSource: () => void;
};

const AUTO = 'auto';

/** What one does with a single mail now and then: look at its source, read it in another charset. */
export function MailMenu({ item, onReclassify, charset, onCharset, onSource }: Props) {
  const t = useTranslations('conversation.mailMenu');
  const words = useTranslations('conversation.reclassify');
  const { shell, may } = useInbox();
  // The other way stands beside the rule that decided (RuleLine).
  const mayBeAutomatic = item.direction === 'in' && ['human', 'thanks'].includes(item.class);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon className={classes.menu} aria-label={t('label')}>
          <IconDots size={16} stroke={1.75} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown className={classes.choices}>
        {may('conversation.work') && mayBeAutomatic ? (
          <Menu.Item onClick={() => onReclassify('auto')}>{words('auto')}</Menu.Item>
        ) : null}
        {shell.me.seesAddresses ? <Menu.Item onClick={onSource}>{t('source')}</Menu.Item> : null}
        <Menu.Divider />
        <Menu.Label>{t('charset')}</Menu.Label>
        <Menu.RadioGroup
          value={charset ?? AUTO}
          onChange={(value) => onCharset(value === AUTO ? null : (value as CharsetChoice))}
        >
          {[AUTO, ...CHARSETS].map((choice) => (
            <Menu.RadioItem
              key={choice}
              value={choice}
              closeMenuOnClick
              checkIcon={<IconCheck size={14} stroke={1.75} aria-hidden />}
            >
              {choice === AUTO ? t('auto') : CHARSET_NAMES[choice as CharsetChoice]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}
