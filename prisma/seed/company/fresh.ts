import type { CustomerKey } from '#prisma/seed/company/customers.ts';
import type { MailboxKey } from '#prisma/seed/company/people.ts';
import { mailOf } from '#prisma/seed/company/post.ts';
import { rawMail } from '#prisma/seed/company/raw-mail.ts';
import type { MailStep } from '#prisma/seed/company/types.ts';
import { mail, story } from '#prisma/seed/company/write.ts';

const letter = (
  mailbox: MailboxKey,
  from: CustomerKey,
  subject: string,
  text: string,
  extra: Partial<MailStep> = {},
) => ({
  mailbox,
  step: story('fresh', mailbox, [mail('D-0 00:00', from, subject, text, extra)]).steps[0] as MailStep,
});

/** A new customer's mail for each `bin/demo mail`, in turn. */
export const freshMails = [
  letter(
    'support',
    'kitamura',
    '湯呑の底に小さな穴があります',
    `北村です。今日届いた湯呑の底に、針でついたような小さな穴が2つあります。
    お湯を入れてみましたが、漏れはありません。使っても大丈夫でしょうか。写真を付けます。`,
    { attachments: [{ filename: '湯呑の底.jpg', contentType: 'image/jpeg', kind: 'jpg' }] },
  ),
  letter(
    'order',
    'nishimura',
    '届け日を早められますか',
    `西村です。先ほど注文した大皿ですが、明日の夜に来客があることになりました。
    明日の夕方までに届けていただくことはできますか。追加の料金がかかっても構いません。`,
  ),
  letter(
    'order',
    'okada',
    'お茶の注文',
    `岡田でございます。いつもの煎茶を2袋お願いいたします。
    代金引換で、午前中に届けていただけますか。画面での注文がうまくできませんでした。`,
  ),
  letter(
    'houjin',
    'hasegawa',
    '請求書の送付先の変更',
    `みなと商会 総務部の長谷川です。いつもお世話になっております。
    来月から請求書の送付先が経理部に変わります。宛名は「経理部 御中」でお願いいたします。`,
  ),
  letter('order', 'docomo', '再配達', '今日の夜に再配達できますか？19時いこうで'),
  letter(
    'support',
    'chen',
    '子どもの茶碗',
    `陳です。飯碗「霞」の小を使っています。子どもが落として少し欠けました。
    やすりで削れば使えますか。新しいものを買うほうがいいですか。`,
  ),
  letter(
    'support',
    'kurokawa',
    '電話がつながらない',
    `黒川です。今朝から3回電話しましたが、ずっと話し中です。
    窓口の電話は何回線あるのですか。注文の変更をしたいだけなのですが。`,
  ),
  letter(
    'order',
    'sugawara',
    '贈り物の送り主の名前',
    `菅原です。昨日の注文ですが、送り主を夫の名前（菅原 健吾）に変えていただけますか。
    お祝いなので、のし紙も同じ名前でお願いします。`,
  ),
  letter(
    'houjin',
    'kaede',
    '鉢の追加注文',
    `カフェ楓の三宅です。楕円鉢をあと6個お願いします。
    思ったよりカレーが人気で、昼のうちに足りなくなります。できるだけ早く届くとうれしいです。`,
    {
      html: '<p>カフェ楓の三宅です。<b>楕円鉢をあと6個</b>お願いします。<br>思ったよりカレーが人気で、昼のうちに足りなくなります。できるだけ早く届くとうれしいです。</p><table border="1" cellpadding="4"><tr><th>品名</th><th>数</th></tr><tr><td>「渓」楕円鉢</td><td>6</td></tr></table><img src="https://mail-open.example.com/t.gif?u=kaede" width="1" height="1" alt="">',
    },
  ),
  letter(
    'support',
    'watanabeC',
    'お礼とお尋ね',
    `渡邊でございます。先日のお茶、たいへんおいしくいただいております。
    ところで、お湯の冷まし方を書いた紙をなくしてしまいました。もう一度教えていただけますか。`,
  ),
  letter(
    'support',
    'smith',
    'Another question about my teapot',
    `Hello,
    May I wash the "Shiratsuyu" teapot with soap? A friend told me that I should not.
    教えてください。
    Emma`,
  ),
  letter(
    'order',
    'takagi',
    '宛名の字について',
    `髙木です。今回の注文も、宛名の「髙」をはしごだかでお願いできますか。
    前回の手書きのラベルがとてもきれいで、うれしかったです。`,
  ),
] as const;

/** The n-th fresh mail (rotating) as raw bytes, and the 窓口 it is for. */
export function freshMail(n: number, now: Date): { mailbox: MailboxKey; subject: string; raw: Buffer } {
  const { mailbox, step } =
    freshMails[((n % freshMails.length) + freshMails.length) % freshMails.length] ?? freshMails[0];
  const messageId = `<fresh.${n}.${now.getTime().toString(36)}@mail.example>`;
  return { mailbox, subject: step.subject, raw: rawMail(mailOf(step, mailbox, { messageId, date: now })) };
}
