import { useTranslations } from 'next-intl';
import { Dialog } from '#components/ui/Dialog.tsx';
import { HoldForm } from './HoldForm.tsx';

export type HoldChoice = { for: 'customer' | 'inside'; until: string | null };
type Props = {
  opened: boolean;
  /** After a reply the customer is waited for; only the date is asked. */
  sending?: boolean;
  onClose: () => void;
  onHold: (choice: HoldChoice) => void;
};

/** 保留: who is waited for, and until when. */
export function HoldDialog({ opened, sending = false, onClose, onHold }: Props) {
  const t = useTranslations('conversation.hold');
  return (
    <Dialog opened={opened} onClose={onClose} title={sending ? t('titleSend') : t('title')} size={480}>
      <HoldForm sending={sending} onClose={onClose} onHold={onHold} />
    </Dialog>
  );
}
