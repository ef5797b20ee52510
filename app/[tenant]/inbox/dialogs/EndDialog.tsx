import { Button, Group, Text } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Dialog } from '#components/ui/Dialog.tsx';

type Props = { opened: boolean; onClose: () => void; onEnd: (noAnswer: boolean) => void };

/** The key E asks first: a single key never ends anything by itself (domain.md 1). */
export function EndDialog({ opened, onClose, onEnd }: Props) {
  const t = useTranslations('conversation.end');
  return (
    <Dialog opened={opened} onClose={onClose} title={t('title')} size={440}>
      <Text size="md">{t('text')}</Text>
      <Group mt="lg" justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {t('back')}
        </Button>
        <Button variant="default" onClick={() => onEnd(true)}>
          {t('none')}
        </Button>
        <Button data-autofocus onClick={() => onEnd(false)}>
          {t('do')}
        </Button>
      </Group>
    </Dialog>
  );
}
