import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import type { MailCharset } from '#lib/conversations/shapes.ts';
import classes from './CharsetChoice.module.css';

type Props = { value: MailCharset; suggested: boolean; onChange: (charset: MailCharset) => void };

const CHOICES: readonly MailCharset[] = ['utf-8', 'iso-2022-jp'];
const NAMES: Record<MailCharset, string> = { 'utf-8': 'UTF-8', 'iso-2022-jp': 'ISO-2022-JP' };

/** What the mail is written in; for old phones the other choice is offered, never taken. */
export function CharsetChoice({ value, suggested, onChange }: Props) {
  const t = useTranslations('compose.charset');
  return (
    <span className={classes.choice}>
      <Menu position="top-start">
        <Menu.Target>
          <button type="button" className={classes.button} aria-label={t('label', { name: NAMES[value] })}>
            {NAMES[value]}
            <IconChevronDown size={12} stroke={2} aria-hidden />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('title')}</Menu.Label>
          <Menu.RadioGroup value={value} onChange={(next) => onChange(next as MailCharset)}>
            {CHOICES.map((choice) => (
              <Menu.RadioItem
                key={choice}
                value={choice}
                closeMenuOnClick
                checkIcon={<IconCheck size={14} stroke={1.75} aria-hidden />}
              >
                {NAMES[choice]}
                <span className={classes.note}>{t(choice)}</span>
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Dropdown>
      </Menu>
      {suggested && value === 'utf-8' ? (
        <>
          <span className={classes.hint}>{t('suggested')}</span>
          <button type="button" className={classes.take} onClick={() => onChange('iso-2022-jp')}>
            {t('take')}
          </button>
        </>
      ) : null}
    </span>
  );
}
