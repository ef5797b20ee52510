import { Button, Menu } from '@mantine/core';
import { IconChevronUp, IconSend, IconTrash } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { StatusGlyph } from '#components/ui/StatusGlyph.tsx';
import type { ThenStatus } from '#lib/conversations/shapes.ts';
import classes from './ComposerDock.module.css';
import { DiscardDialog } from './DiscardDialog.tsx';

type Props = {
  /** What this 窓口 usually does after an answer. */
  usual: ThenStatus;
  busy: boolean;
  disabled: boolean;
  onSend: (then: ThenStatus) => void;
  onDiscard: () => Promise<void>;
  onClose: () => void;
};
const CHOICES: readonly ThenStatus[] = ['done', 'doing', 'hold'];

/** One primary button that says what will really happen; the other ends of an answer in its menu. */
export function ComposerDock({ usual, busy, disabled, onSend, onDiscard, onClose }: Props) {
  const t = useTranslations('compose');
  const [asking, setAsking] = useState(false);
  return (
    <footer className={classes.dock}>
      <span className={classes.split}>
        <Button
          leftSection={<IconSend size={16} stroke={1.75} />}
          loading={busy}
          disabled={disabled}
          title={disabled ? t('cannotSend') : undefined}
          onClick={() => onSend(usual)}
        >
          {t(`send.${usual}`)}
          <kbd className={classes.key} style={{ marginLeft: 6 }}>
            {t('sendKey')}
          </kbd>
        </Button>
        <Menu position="top-start">
          <Menu.Target>
            <Button disabled={disabled || busy} aria-label={t('sendMore')}>
              <IconChevronUp size={14} stroke={2} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {CHOICES.map((choice) => (
              <Menu.Item key={choice} leftSection={<StatusGlyph kind={choice} />} onClick={() => onSend(choice)}>
                {t(`send.${choice}`)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </span>
      <span className={classes.grow} />
      <Button variant="subtle" leftSection={<IconTrash size={16} stroke={1.75} />} onClick={() => setAsking(true)}>
        {t('discard')}
      </Button>
      <Button variant="default" onClick={onClose}>
        {t('close')}
        <kbd style={{ marginLeft: 6 }}>{t('closeKey')}</kbd>
      </Button>
      <DiscardDialog
        opened={asking}
        onClose={() => setAsking(false)}
        onDiscard={async () => {
          setAsking(false);
          await onDiscard();
        }}
      />
    </footer>
  );
}
