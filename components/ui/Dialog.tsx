import { Modal } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import classes from '#components/ui/Dialog.module.css';

type Props = { opened: boolean; onClose: () => void; title: string; size?: number; children: ReactNode };

/** A dialog: traps and returns the focus, closes by Esc. Its head is no <header>: the page has one banner. */
export function Dialog({ opened, onClose, title, size = 480, children }: Props) {
  const t = useTranslations('common');
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} padding={20} centered>
      <Modal.Overlay />
      <Modal.Content>
        <div className={classes.head}>
          <Modal.Title>{title}</Modal.Title>
          <Modal.CloseButton aria-label={t('close')} />
        </div>
        <Modal.Body>{children}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
