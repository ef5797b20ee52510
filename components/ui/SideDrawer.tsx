import { Drawer } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import classes from '#components/ui/Dialog.module.css';

type Props = {
  opened: boolean;
  onClose: () => void;
  title: string;
  size: number;
  position?: 'left' | 'right';
  children: ReactNode;
};

/** A pane that has no room of its own (design.md 3): slides in over the page. */
export function SideDrawer({ opened, onClose, title, size, position = 'left', children }: Props) {
  const t = useTranslations('common');
  return (
    <Drawer.Root opened={opened} onClose={onClose} size={size} position={position} padding={0}>
      <Drawer.Overlay />
      <Drawer.Content>
        <div className={`${classes.head} ${classes.side}`}>
          <Drawer.Title>{title}</Drawer.Title>
          <Drawer.CloseButton aria-label={t('close')} />
        </div>
        <Drawer.Body>{children}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}
