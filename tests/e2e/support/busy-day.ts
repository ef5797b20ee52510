import type { MemberActor } from '#lib/auth/actor.ts';
import { assignConversation } from '#lib/conversations/assign.ts';
import { claimConversation } from '#lib/conversations/claim.ts';
import { addComment } from '#lib/conversations/comment.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation } from '#lib/conversations/hold.ts';
import { closeDatabase } from '#lib/db/client.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { closeQueue } from '#lib/queue/index.ts';
import { closeRealtime } from '#lib/realtime/index.ts';
import { designedLetter } from '#tests/e2e/support/letters.ts';
import { type Shop, STAFF, type StaffKey, until } from '#tests/e2e/support/shop.ts';
import { letter } from '#tests/support/letters.ts';
import { dovecot } from '#tests/support/stack.ts';

const LETTERS: readonly [from: string, subject: string, text: string][] = [
  ['中村 葵', '届いた花瓶が割れていました', '今日届いた花瓶にひびが入っていました。交換していただけますか。'],
  ['小林 翔', 'ご注文の確認（注文番号 20461）', '数量を2個から3個に変えられますか。'],
  [
    '株式会社あおぞら物産 経理部 長谷川',
    '【至急】11月分の請求書の再発行と送付先変更のお願いについて',
    '送付先を本社へ変えてください。',
  ],
  ['O’Neill, Katherine', 'Delivery to Hokkaido', 'Could you tell me when my order will arrive?'],
  ['藤井 さくら', 'お届け日の変更', '土曜日の午前に変えたいです。'],
  ['松本 大輔', 'ギフト包装について', '赤いリボンは選べますか。'],
  ['西村 結衣', '会員登録のメールが届きません', '迷惑メールも見ましたが、ありませんでした。'],
  ['上田 蓮', '領収書の宛名', '宛名を会社名にしてください。'],
  ['森田 楓', '花束の写真をお送りします', '添付の写真をご覧ください。'],
  ['渡部 海斗', '返品の方法', '色が思っていたものと違いました。'],
  ['千葉 美羽', '', '件名を書き忘れました。営業時間を教えてください。'],
];

const QUESTION = {
  from: '石川 凪 <nagi@customer.example>',
  subject: '定期便の休止と再開の時期について相談させてください',
};
const HTML = `<p>いつもお世話になっております。</p><p>来月から<b>2か月</b>ほど家を空けるため、定期便を休みたいです。</p>
  <table border="1" cellpadding="6"><tr><th>商品</th><th>休止</th></tr><tr><td>季節の花束</td><td>12月、1月</td></tr></table>
  <p><img src="cid:dot" width="24" height="24" alt=""></p><p>どうぞよろしくお願いいたします。</p>`;

/** A company in the middle of its day: cases in every status, with assignees, comments, files and a long thread. */
export async function busyDay(shop: Shop): Promise<void> {
  const to = shop.address;
  const mails = LETTERS.map(([name, subject, text], n) =>
    letter({ to, from: `"${name}" <customer-${n}@customer.example>`, subject: subject || ' ', text }),
  );
  const file = {
    filename: '定期便のご契約内容（控え）.pdf',
    contentType: 'application/pdf',
    content: Buffer.alloc(48_000),
  };
  const designed = await designedLetter({ ...QUESTION, to, text: '定期便を休みたいです。', html: HTML }, [file]);
  await dovecot.append(
    to,
    [...mails, designed].map((raw) => ({ raw })),
  );
  const cases = await until(async () => {
    const found = await shop.conversations();
    if (found.length < mails.length + 1) throw new Error(`${found.length} of ${mails.length + 1} mails arrived`);
    return new Map(found.map(({ subject, id }) => [subject, id]));
  });
  const as = <T>(key: StaffKey, work: (scope: Scope) => Promise<T>): Promise<T> => {
    const { name, roles } = STAFF[key];
    const actor: MemberActor = {
      kind: 'person',
      id: shop.members[key] ?? '',
      name,
      roles: [...roles],
      capabilities: {},
    };
    return inTenant({ tenantId: shop.tenantId, actor }, work);
  };
  const id = (subject: string) => cases.get(subject) ?? '';
  const tamura = { memberId: shop.members.tamura ?? '' };
  const longThread = id(QUESTION.subject);
  const note = '休止は2回までです。\n前回は6月でした。台帳: https://example.com/ledger?customer=4410';
  await as('sato', (scope) => claimConversation(scope, longThread));
  await as('tamura', (scope) => addComment(scope, longThread, { clientId: newId(), text: note }));
  await as('sato', (scope) => claimConversation(scope, id('お届け日の変更')));
  await as('tamura', (scope) => assignConversation(scope, id('ギフト包装について'), tamura));
  const tomorrow = new Date(Date.now() + 20 * 3_600_000);
  await as('sato', (scope) => holdConversation(scope, id('領収書の宛名'), { for: 'customer', until: tomorrow }));
  await as('sato', (scope) => holdConversation(scope, id('返品の方法'), { for: 'inside', until: null }));
  await as('sato', (scope) => endConversation(scope, id('会員登録のメールが届きません'), { noAnswer: false }));
  await as('tamura', (scope) => endConversation(scope, id('花束の写真をお送りします'), { noAnswer: true }));
}

/** This process lets go of what the product's verbs have opened in it. */
export async function closeProduct(): Promise<void> {
  closeRealtime();
  await closeQueue();
  await closeDatabase();
}
