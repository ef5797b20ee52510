import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import type { ActionResult, Problem } from '#lib/conversations/shapes.ts';
import * as actions from '../actions.ts';
import { refreshConversation } from '../queries/patch.ts';
import { useInbox } from '../state/InboxContext.tsx';

/** Says what a mail is, with the way back for ten seconds. A refusal goes to the pane (`onFail`). */
export function useReclassify(messageId: string, onFail: (problem: Problem) => void) {
  const t = useTranslations('conversation');
  const client = useQueryClient();
  const { slug, place } = useInbox();
  const [busy, setBusy] = useState(false);
  const run = async (work: Promise<ActionResult>): Promise<boolean> => {
    setBusy(true);
    const result = await settle(work);
    setBusy(false);
    if (!result.ok) onFail(result.error);
    if (place.conversation) void refreshConversation(client, slug, place.conversation);
    return result.ok;
  };
  const reclassify = async (as: 'human' | 'auto') => {
    if (!(await run(actions.reclassify(slug, messageId, { as })))) return;
    const text = as === 'human' ? t('reclassify.doneHuman') : t('reclassify.doneAuto');
    const onAct = () => run(actions.undoReclassify(slug, messageId));
    toast({ text, act: t('toast.undoEnd'), onAct, seconds: 10 });
  };
  return { busy, reclassify };
}
