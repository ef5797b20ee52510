import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback, useState } from 'react';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import type { ActionResult, ConversationShape, MemberRef, Problem } from '#lib/conversations/shapes.ts';
import * as actions from '../actions.ts';
import { patchConversation, refreshConversation } from '../queries/patch.ts';
import { useInbox } from '../state/InboxContext.tsx';

type Change = Parameters<typeof patchConversation>[3];
export type Case = ReturnType<typeof useCase>;

/**
 * What can be done to the open conversation. Each deed is shown at once, put back when the server refuses, and the refusal
 * stays in the pane until it is closed: never only a toast.
 */
export function useCase(conversation: ConversationShape) {
  const t = useTranslations('conversation.toast');
  const client = useQueryClient();
  const { slug, shell } = useInbox();
  const { id } = conversation;
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState(false);

  const run = useCallback(
    async (work: Promise<ActionResult>, change: Change, back: Change): Promise<boolean> => {
      setProblem(null);
      setBusy(true);
      patchConversation(client, slug, id, change);
      const result = await settle(work);
      setBusy(false);
      if (!result.ok) {
        patchConversation(client, slug, id, back);
        setProblem(result.error);
      }
      void refreshConversation(client, slug, id);
      return result.ok;
    },
    [client, slug, id],
  );

  const before: Change = {
    status: conversation.status,
    doneKind: conversation.doneKind,
    assignee: conversation.assignee,
    holdUntil: conversation.holdUntil,
    holdFor: conversation.holdFor,
    thanks: conversation.thanks,
  };
  const taken: Change = conversation.status === 'new' ? { status: 'doing' } : {};

  const resume = () =>
    run(actions.resume(slug, id), { status: 'doing', doneKind: null, holdUntil: null, holdFor: null }, before);

  /** One key in お礼（未確認）: the thanks count as a mail of the customer after all. */
  const takeUpThanks = async () => {
    const last = conversation.items.findLast((item) => item.kind === 'mail' && item.class === 'thanks');
    const change: Change = { status: 'doing', doneKind: null, holdUntil: null, holdFor: null, thanks: false };
    const done = await run(actions.takeUpThanks(slug, id), change, before);
    const undo = () => last && run(actions.undoReclassify(slug, last.id), before, change);
    if (done) toast({ text: t('thanksTakenUp'), act: t('undoEnd'), onAct: undo, seconds: 10 });
  };

  return {
    problem,
    busy,
    dismiss: () => setProblem(null),
    fail: setProblem,
    claim: () => run(actions.claim(slug, id), { ...taken, assignee: { id: shell.me.id, name: shell.me.name } }, before),
    assign: (member: MemberRef | null) =>
      run(actions.assign(slug, id, member?.id ?? null), { ...(member ? taken : {}), assignee: member }, before),
    hold: (how: { for: 'customer' | 'inside'; until: string | null }) =>
      run(actions.hold(slug, id, how), { status: 'hold', holdFor: how.for, holdUntil: how.until }, before),
    resume: () => (conversation.thanks ? takeUpThanks() : resume()),
    takeUpThanks,
    confirmThanks: async () => {
      const done = await run(actions.confirmThanks(slug, id, { confirmed: true }), { thanks: false }, before);
      const undo = () => run(actions.confirmThanks(slug, id, { confirmed: false }), before, { thanks: false });
      if (done) toast({ text: t('thanksConfirmed'), act: t('undoEnd'), onAct: undo, seconds: 10 });
    },
    end: async (noAnswer: boolean) => {
      const done = await run(
        actions.end(slug, id, { noAnswer }),
        { status: 'done', doneKind: noAnswer ? 'none' : 'answered', holdUntil: null, holdFor: null },
        before,
      );
      if (done) toast({ text: noAnswer ? t('none') : t('ended'), act: t('undoEnd'), onAct: resume, seconds: 10 });
      return done;
    },
  };
}
