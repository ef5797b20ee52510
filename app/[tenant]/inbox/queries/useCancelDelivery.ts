import { useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { settle } from '#components/net/settle.ts';
import { toast } from '#components/ui/toast.tsx';
import type { Problem } from '#lib/conversations/shapes.ts';
import * as actions from '../actions.ts';
import { useInbox } from '../state/InboxContext.tsx';

/** Stops a mail that hasn't gone yet; its text is a draft again. Returns what went wrong, or null. */
export function useCancelDelivery(): (deliveryId: string) => Promise<Problem | null> {
  const t = useTranslations('conversation.toast');
  const client = useQueryClient();
  const { slug } = useInbox();
  return useCallback(
    async (deliveryId) => {
      const result = await settle(actions.cancelDelivery(slug, deliveryId));
      await client.invalidateQueries({ queryKey: [slug] });
      if (!result.ok) return result.error;
      toast({ text: t('cancelled') });
      return null;
    },
    [client, slug, t],
  );
}
