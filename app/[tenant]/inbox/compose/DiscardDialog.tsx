import { Button, Group, Text } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Dialog } from '#components/ui/Dialog.tsx';

type Props = { opened: boolean; onClose: () => void; onDiscard: () => void };

/** Throwing words away is the one thing here that can't be taken back. */
export function DiscardDialog({ opened, onClose, onDiscard }: Props) {
  const t = useTranslations('compose');
  return (
    <Dialog opened={opened} onClose={onClose} title={t('discardTitle')} size={440}>
      <Text size="md">{t('discardText')}</Text>
      <Group mt="lg" justify="flex-end">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('keepWriting')}
        </Button>
        <Button onClick={onDiscard}>{t('discardDo')}</Button>
      </Group>
    </Dialog>
  );
}
