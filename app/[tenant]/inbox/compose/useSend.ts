import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useState } from 'react';
import { useConnection } from '#components/net/connection.ts';
import { problemOf } from '#components/net/problem.ts';
import { settle } from '#components/net/settle.ts';
import { hideToast, toast } from '#components/ui/toast.tsx';
import type { AddressShape, ConversationShape, Problem, ThenStatus } from '#lib/conversations/shapes.ts';
import { unfitIn } from '#lib/mail/charset/unfit.ts';
import * as actions from '../actions.ts';
import { refreshConversation } from '../queries/patch.ts';
import { useCancelDelivery } from '../queries/useCancelDelivery.ts';
import { useInbox } from '../state/InboxContext.tsx';
import type { DraftKeeper } from './draftKeeper.ts';

type Props = {
  conversation: ConversationShape;
  keeper: DraftKeeper;
  /** Typed into a field of recipients and no address. */
  pending: RefObject<{ to: string; cc: string }>;
  onSent: () => void;
};

const wrongWith = (reason: string, field: string, params: Problem['params'] = {}): Problem => ({
  ...{ code: 'Invalid', reason, params, field },
});

/** A recipient who is the sender of a form whose customer couldn't be told: where no customer reads. */
function formAmong({ items }: ConversationShape, to: readonly AddressShape[]): string | null {
  const senders = items.flatMap((item) =>
    item.kind === 'mail' && item.form?.customerFound === false ? [item.from.address.toLowerCase()] : [],
  );
  return to.find(({ address }) => senders.includes(address.toLowerCase()))?.address ?? null;
}

/** The id belongs to a mail with other words, or to one that was taken back: these words need their own. */
const OTHER_MAIL = new Set(['alreadySent', 'alreadyCancelled']);

/**
 * Hands the answer over. The clientId stays the same over every try, so a second one after a lost answer is the same mail.
 * Whatever is refused leaves the words where they are.
 */
export function useSend({ conversation, keeper, pending, onSent }: Props) {
  const t = useTranslations('compose.toast');
  const client = useQueryClient();
  const { slug, shell, writeAgain } = useInbox();
  const cancel = useCancelDelivery();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [warnedOf, setWarnedOf] = useState<string | null>(null);
  const [tried, setTried] = useState<{ thenStatus: ThenStatus; until: string | null } | null>(null);
  const stopped = problem?.reason === 'contentAdded' ? problem : null;
  const elsewhere = problem?.reason === 'answeredElsewhere' ? problem : null;
  // What stood above the mail when writing began is known; a later answer in another 窓口 stops the send once.
  const [known, setKnown] = useState(conversation.answeredElsewhere?.id ?? null);
  const { session } = useConnection();
  // Signed in again: that the session had ended is no longer true.
  useEffect(() => {
    if (session === 'live') setProblem((old) => (old?.reason === 'sessionEnded' ? null : old));
  }, [session]);

  const check = (): Problem | null => {
    const { to, subject, text, charset } = keeper.view.draft;
    for (const field of ['to', 'cc'] as const) {
      const address = pending.current[field];
      if (address !== '') return wrongWith('addressInvalid', field, { address });
    }
    if (to.length === 0) return wrongWith('recipientRequired', 'to');
    const form = formAmong(conversation, to);
    if (form && form !== warnedOf) {
      setWarnedOf(form);
      return wrongWith('formSender', 'to', { address: form });
    }
    if (subject.trim() === '') return wrongWith('subjectRequired', 'subject');
    const unfit = charset === 'iso-2022-jp' ? unfitIn(`${subject}\n${text}`) : [];
    if (unfit.length > 0) return wrongWith('charsetUnfit', 'charset', { characters: unfit.slice(0, 20).join('、') });
    // The signature alone is no answer.
    const written = text.trim();
    return written === '' || written === conversation.replyDefaults.text.trim()
      ? wrongWith('textRequired', 'text')
      : null;
  };

  const sent = (deliveryId: string, sendAfter: string) => {
    const seconds = Math.max(1, Math.round((Date.parse(sendAfter) - Date.now()) / 1000));
    const undo = async () => {
      const refused = await cancel(deliveryId);
      if (refused) toast({ text: t('tooLate') });
      else writeAgain(conversation.id);
    };
    const id = toast({
      text: shell.tenant.undoSeconds > 0 ? t('sent', { count: seconds }) : t('sentNow'),
      ...(shell.tenant.undoSeconds > 0 ? { act: t('undo'), onAct: undo, seconds } : {}),
    });
    setTimeout(() => hideToast(id), seconds * 1000);
  };

  const send = async (thenStatus: ThenStatus, until: string | null = null, knowing = known): Promise<void> => {
    if (busy) return;
    const wrong = check();
    setProblem(wrong);
    if (wrong) return;
    setTried({ thenStatus, until });
    setBusy(true);
    await keeper.halt();
    const { clientId, to, cc, subject, text, charset, seenContentSeq } = keeper.view.draft;
    const words = { clientId, to, cc, subject, text, charset, seenContentSeq };
    const reply = { ...words, thenStatus, holdUntil: until, knownElsewhere: knowing };
    const result = await settle(actions.sendReply(slug, conversation.id, reply));
    setBusy(false);
    if (!result.ok) {
      setProblem(result.error);
      if (OTHER_MAIL.has(result.error.reason)) keeper.anew();
      keeper.goOn();
      return;
    }
    keeper.forget();
    sent(result.value.deliveryId, result.value.sendAfter);
    onSent();
    void refreshConversation(client, slug, conversation.id);
  };

  const discard = async (): Promise<boolean> => {
    try {
      await keeper.discard();
      void refreshConversation(client, slug, conversation.id);
      return true;
    } catch (error) {
      keeper.goOn();
      setProblem(problemOf(error));
      return false;
    }
  };

  return {
    usual: conversation.mailbox.defaultThen,
    busy,
    problem: stopped || elsewhere ? null : problem,
    stopped,
    elsewhere,
    /** Sends although the same mail was answered in another 窓口. */
    sendAllTheSame: () => {
      const id = String(elsewhere?.params.id ?? '');
      setKnown(id);
      return send(tried?.thenStatus ?? conversation.mailbox.defaultThen, tried?.until ?? null, id);
    },
    tried: tried?.thenStatus ?? null,
    until: tried?.until ?? null,
    clear: () => setProblem(null),
    send,
    discard,
  };
}
