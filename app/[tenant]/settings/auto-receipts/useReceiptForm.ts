import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useRef, useState } from 'react';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { ReceiptSetting } from '#lib/autoreceipts/settings.ts';
import type { Problem } from '#lib/conversations/shapes.ts';
import { saveReceipt } from './actions.ts';

export type ReceiptForm = {
  enabled: boolean;
  hours: ReceiptSetting['hours'];
  subject: string;
  text: string;
  perHour: string;
};
export type Wrong = Partial<Record<keyof ReceiptForm, string>>;

/** The form's values, their errors at their fields, and saving. */
export function useReceiptForm(slug: string, receipt: ReceiptSetting) {
  const t = useTranslations('autoreceipts');
  const say = useProblemText();
  const router = useRouter();
  const { enabled, hours, subject, text, perHour } = receipt;
  const [values, setValues] = useState<ReceiptForm>({ enabled, hours, subject, text, perHour: String(perHour) });
  const began = useRef(JSON.stringify(values));
  const [wrong, setWrong] = useState<Wrong>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);
  const set = (change: Partial<ReceiptForm>) => {
    setValues((old) => ({ ...old, ...change }));
    setWrong((old) => Object.fromEntries(Object.entries(old).filter(([field]) => !(field in change))));
    setProblem(null);
  };
  const save = async () => {
    setBusy(true);
    const input = { ...values, perHour: Number(values.perHour) };
    const result = await settle(saveReceipt(slug, receipt.mailbox.id, receipt.version, input));
    setBusy(false);
    if (!result.ok) {
      const { error } = result;
      if (error.field && error.field in values) setWrong({ [error.field]: say(error) });
      else setProblem(error);
      return;
    }
    began.current = JSON.stringify(values);
    toast({ text: t('saved', { name: receipt.mailbox.name }) });
    router.refresh();
  };
  return { values, set, wrong, problem, busy, typed: JSON.stringify(values) !== began.current, save };
}
