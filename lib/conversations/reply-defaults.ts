import type { AddressShape, ConversationShape, MailItem, TimelineItem } from '#lib/conversations/shapes.ts';
import { withoutToken } from '#lib/mail/plus-address.ts';
import { replySubject } from '#lib/mail/subject.ts';
import type { MailboxIdentity } from '#lib/mailboxes/identity.ts';

/** What a new reply starts from: the last customer mail's sender, the other recipients without us, the signature. */
export function replyDefaults(
  subject: string,
  items: readonly TimelineItem[],
  mailbox: MailboxIdentity,
): ConversationShape['replyDefaults'] {
  const mails = items.filter((item): item is MailItem => item.kind === 'mail');
  const last = mailToAnswer(mails);
  const own = new Set(mailbox.ownAddresses);
  // Nobody reads at a form's own address; whoever answers must say where the customer does.
  const toNobody = last?.form?.customerFound === false;
  const sender = last?.direction === 'in' ? [last.replyTo ?? last.from] : (last?.to ?? []);
  const to = toNobody ? [] : withoutOwn(sender, own);
  const already = new Set(to.map((a) => a.address.toLowerCase()));
  const others = last?.direction === 'in' ? [...last.to, ...last.cc] : (last?.cc ?? []);
  return {
    to,
    cc: toNobody ? [] : withoutOwn(others, new Set([...own, ...already])),
    subject: replySubject(last?.subject ?? subject),
    text: mailbox.signature === '' ? '' : `\n\n${mailbox.signature}`,
    from: { name: mailbox.fromName || mailbox.name, address: mailbox.account?.address ?? '' },
  };
}

// The customer's last words; a bounce or an out-of-office note behind them is nobody to answer.
const mailToAnswer = (mails: readonly MailItem[]): MailItem | undefined =>
  mails.findLast((mail) => mail.direction === 'in' && ['human', 'thanks'].includes(mail.class)) ??
  mails.findLast((mail) => mail.class !== 'bounce');

function withoutOwn(addresses: readonly AddressShape[], own: ReadonlySet<string>): AddressShape[] {
  const seen = new Set(own);
  return addresses.filter(({ address }) => {
    const key = withoutToken(address.toLowerCase());
    if (address === '' || seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}
