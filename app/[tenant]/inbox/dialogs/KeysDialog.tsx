import { useTranslations } from 'next-intl';
import { Dialog } from '#components/ui/Dialog.tsx';
import { KEYS } from '../keys/keys.ts';
import classes from './KeysDialog.module.css';

/** What the keyboard can do here; exactly what is built, from the same table that the keys run by. */
export function KeysDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const t = useTranslations('inbox.keys');
  return (
    <Dialog opened={opened} onClose={onClose} title={t('title')} size={480}>
      <dl className={classes.list}>
        {KEYS.map(({ shown, does }) => (
          <div key={does} style={{ display: 'contents' }}>
            <dt className={classes.keys}>
              {shown.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(does)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
