import type { CommentItem, EventItem, MailItem, TimelineItem } from '#lib/conversations/shapes.ts';

export type Block =
  | { kind: 'mail'; item: MailItem; open: boolean; focus: boolean }
  | { kind: 'comment'; item: CommentItem }
  | { kind: 'events'; id: string; items: EventItem[] };

/** How many blocks may stand before the last mail without being folded into one line. */
const BEFORE = 7;
const HEAD = 1;

/**
 * The timeline as it is drawn: successive events together; only the last inbound mail, whatever mail came after it, and
 * mails whose delivery needs an eye are open. `focus` marks where reading begins.
 */
export function blocksOf(items: readonly TimelineItem[]): Block[] {
  const mails = items.filter((item): item is MailItem => item.kind === 'mail');
  const lastIn = mails.findLastIndex((mail) => mail.direction === 'in');
  const from = lastIn >= 0 ? lastIn : mails.length - 1;
  const openIds = new Set(
    mails
      .slice(Math.max(from, 0))
      .filter((mail) => mail.delivery?.state !== 'cancelled' && !isAutomatic(mail))
      .map((mail) => mail.id),
  );
  const focusId = mails[from]?.id;
  const blocks: Block[] = [];
  for (const item of items) {
    const last = blocks.at(-1);
    if (item.kind === 'event') {
      if (last?.kind === 'events') last.items.push(item);
      else blocks.push({ kind: 'events', id: item.id, items: [item] });
    } else if (item.kind === 'comment') blocks.push({ kind: 'comment', item });
    else {
      const open = openIds.has(item.id) || needsEye(item);
      blocks.push({ kind: 'mail', item, open, focus: item.id === focusId });
    }
  }
  return blocks;
}

/** An automatic receipt of ours: nobody wrote it, nobody has to look at it. */
export const isAutomatic = ({ direction, class: kind }: MailItem): boolean => direction === 'out' && kind === 'auto';

const needsEye = (mail: MailItem): boolean =>
  mail.delivery !== null && !isAutomatic(mail) && !['sent', 'cancelled'].includes(mail.delivery.state);

/** Splits a long history: its first block, how many are folded away, and the rest from shortly before the last mail. */
export function splitOld(blocks: readonly Block[]): { first: Block[]; hidden: Block[]; rest: Block[] } {
  const focus = blocks.findIndex((block) => block.kind === 'mail' && block.focus);
  const start = Math.max(focus - 3, 0);
  const early = blocks.findIndex((block) => block.kind === 'mail' && needsEye(block.item));
  const cut = early >= 0 ? Math.min(start, early) : start;
  if (focus <= BEFORE || cut - HEAD < 3) return { first: [], hidden: [], rest: [...blocks] };
  return { first: blocks.slice(0, HEAD), hidden: blocks.slice(HEAD, cut), rest: blocks.slice(cut) };
}
