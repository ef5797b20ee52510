import { type CustomerKey, customers } from '#prisma/seed/company/customers.ts';
import { type MailboxKey, type MemberKey, mailboxes, members } from '#prisma/seed/company/people.ts';
import type { At, Customer, MailStep, Step, Story } from '#prisma/seed/company/types.ts';

type MailExtra = Partial<Omit<MailStep, 'at' | 'do' | 'from' | 'subject' | 'text'>>;
/** A follow-up: its sender and subject are the story's first, unless it says otherwise. */
type FollowUp = Omit<MailStep, 'from' | 'subject'> & { from?: CustomerKey; subject?: string };

/** The script's verbs. A story's own texts may be indented as the code is: leading blanks of each line are dropped. */
export const mail = (at: At, from: CustomerKey, subject: string, text: string, extra: MailExtra = {}): Step => ({
  at,
  do: 'mail',
  from,
  subject,
  text,
  ...extra,
});
/** The story's customer writes again, with Re: and the first subject, quoting our answer. */
export const back = (
  at: At,
  text: string,
  extra: MailExtra & { from?: CustomerKey; subject?: string } = {},
): FollowUp => ({ at, do: 'mail', text, quotePrevious: true, ...extra });
export const reply = (
  at: At,
  by: MemberKey,
  text: string,
  then: 'done' | 'doing' | 'hold' = 'done',
  cc?: string[],
): Step => ({ at, do: 'reply', by, text, then, ...(cc ? { cc } : {}) });
export const claim = (at: At, by: MemberKey): Step => ({ at, do: 'claim', by });
export const assign = (at: At, by: MemberKey, to: MemberKey): Step => ({ at, do: 'assign', by, to });
export const comment = (at: At, by: MemberKey, text: string): Step => ({ at, do: 'comment', by, text });
export const hold = (at: At, by: MemberKey, who: 'customer' | 'inside', until?: At): Step => ({
  at,
  do: 'hold',
  by,
  for: who,
  ...(until ? { until } : {}),
});
export const end = (at: At, by: MemberKey, noAnswer = false): Step => ({
  at,
  do: 'end',
  by,
  ...(noAnswer ? { noAnswer } : {}),
});
export const reopen = (at: At, by: MemberKey): Step => ({ at, do: 'reopen', by });

export const plain = (text: string) => text.replace(/^[ \t]+/gm, '').trim();
const family = (name: string) => name.split(/[ 　（]/)[0] ?? name;

function saluteOf(customer: Customer): string {
  if (customer.salute) return customer.salute.includes('様') ? customer.salute : `${customer.salute} 様`;
  return customer.name ? `${family(customer.name)} 様` : 'お客様';
}

/** Small stable number of a text, so that wording varies but never changes between two seeds. */
export function pick(text: string, of: number): number {
  let sum = 7;
  for (const sign of text) sum = (sum * 31 + (sign.codePointAt(0) ?? 0)) % 1_000_003;
  return sum % of;
}

const shopOf = (box: MailboxKey) => (box === 'minato' ? 'みなと食品' : 'はなみや商店');

/** Greeting and name of the writer. A body that begins with thanks or an apology of its own gets the sober one, and so does a second letter in a row. */
function opening(box: MailboxKey, by: MemberKey, body: string, nth: number, again: boolean): string {
  const who = family(members[by].name);
  const lead = by === 'watanabe' ? ' 責任者の' : 'の';
  const shop = shopOf(box);
  const first = [
    `お世話になっております。\n${shop} ${mailboxes[box].name}${lead}${who}でございます。`,
    `いつも${shop}をご利用いただき、誠にありがとうございます。\n${mailboxes[box].name}担当の${who}と申します。`,
    `このたびはご連絡をいただき、ありがとうございます。\n${shop} ${mailboxes[box].name}の${who}でございます。`,
    `お問い合わせいただきありがとうございます。\n${shop}の${who}と申します。`,
  ];
  const later = [
    `お世話になっております。\n${shop}の${who}です。`,
    `ご返信いただきありがとうございます。\n${shop}の${who}でございます。`,
    `ご連絡ありがとうございます。${shop}の${who}です。`,
  ];
  const lines = nth === 0 ? first : later;
  const sober =
    lead !== 'の' ||
    again ||
    /ありがとう|申し訳|お詫び|失礼いたし/.test(body.split('\n')[0] ?? '') ||
    /悔やみ|お見舞い/.test(body);
  return lines[sober ? 0 : pick(body + by, lines.length)] ?? '';
}

function closing(box: MailboxKey, then: 'done' | 'doing' | 'hold', body: string): string {
  const ended = [
    `ご不明な点がございましたら、お気軽にお問い合わせください。\n今後とも${shopOf(box)}をよろしくお願いいたします。`,
    'ほかにも気になる点がございましたら、このメールにご返信ください。\nどうぞよろしくお願いいたします。',
    'どうぞよろしくお願いいたします。',
    '何卒よろしくお願い申し上げます。',
  ];
  const open = [
    'どうぞよろしくお願いいたします。',
    '引き続きよろしくお願い申し上げます。',
    '恐れ入りますが、よろしくお願いいたします。',
  ];
  if (/申し訳|お詫び|悔やみ|ご迷惑/.test(body)) return open[1] ?? '';
  const lines = then === 'done' ? ended : open;
  return lines[pick(body, lines.length)] ?? '';
}

const polite = /(お願い(いたします|申し上げます)|お待ち(して|申し上げて)おります)。$/;

function wrapped(text: string, width: number): string {
  return text
    .split('\n')
    .flatMap((line) => {
      // A date still to be filled in stays in one piece.
      const signs: string[] = line.match(/ ?\{[^}]*\} ?|./gu) ?? [];
      const rows: string[] = [];
      while (signs.length > width) {
        // No line begins with a closing mark (行頭禁則).
        let cut = width;
        while (cut < signs.length && /[、。）」』？]/.test(signs[cut] ?? '')) cut += 1;
        rows.push(signs.splice(0, cut).join(''));
      }
      rows.push(signs.join(''));
      return signs.length || !rows[0] ? rows : rows.slice(0, -1);
    })
    .join('\n');
}

/** A script to a full story: follow-ups get sender and subject, customers their charset and signature, answers greeting and closing. */
export function story(key: string, mailbox: MailboxKey, steps: (Step | FollowUp)[]): Story {
  const first = steps.find((step): step is MailStep => step.do === 'mail');
  if (!first?.from) throw new Error(`The story ${key} has no mail`);
  let replies = 0;
  return {
    key,
    mailbox,
    steps: steps.map((step, i): Step => {
      if (step.do === 'comment') return { ...step, text: plain(step.text) };
      if (step.do === 'reply') {
        const body = plain(step.text);
        const nth = replies++;
        const again = steps.slice(0, i).findLast((one) => one.do === 'mail' || one.do === 'reply')?.do === 'reply';
        if (/^[A-Z][a-z]/.test(body))
          return { ...step, text: `Dear customer,\n\n${body}\n\nKind regards,\n${members[step.by].name}` };
        const last = polite.test(body) ? '' : `\n\n${closing(mailbox, step.then, body)}`;
        return {
          ...step,
          text: `${saluteOf(customers[first.from])}\n\n${opening(mailbox, step.by, body, nth, again)}\n\n${body}${last}`,
        };
      }
      if (step.do !== 'mail') return step;
      const from = step.from ?? first.from;
      const customer: Customer = customers[from];
      const charset = step.charset ?? customer.charset ?? 'utf-8';
      const signed = customer.signature && !step.automatic && step.via !== 'form' ? `\n\n${customer.signature}` : '';
      const body = plain(step.text);
      return {
        ...step,
        from,
        charset,
        subject: step.subject || `Re: ${first.subject}`,
        text: `${customer.wrap && step.via !== 'form' ? wrapped(body, customer.wrap) : body}${signed}`,
      };
    }),
  };
}
