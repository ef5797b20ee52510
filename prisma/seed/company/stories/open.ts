import type { Story } from '#prisma/seed/company/types.ts';
import { comment, mail, story } from '#prisma/seed/company/write.ts';

/** Nobody has taken these yet: what the team finds in 新着. Some have waited far too long. */
export const untouched: Story[] = [
  story('new-lid-loose', 'support', [
    mail(
      'D-0 07:48',
      'kudo',
      '急須の蓋がゆるい気がします',
      `工藤と申します。
      昨日届いた急須「白露」ですが、注ぐときに蓋がかたかた動き、縁からお茶が少し漏れます。
      これは普通のことでしょうか。それとも交換していただけるものでしょうか。
      写真を付けます。よろしくお願いします。`,
      { attachments: [{ filename: '急須の蓋.jpg', contentType: 'image/jpeg', kind: 'jpg' }] },
    ),
  ]),
  story('new-waiting-nine-days', 'support', [
    mail(
      'B-7~ 20:14',
      'tanabe',
      '金継ぎの相談',
      `田邉です。以前の急須は大切に使っております。
      別の話で恐縮ですが、祖父の形見の湯呑（御店のものと聞いています）の縁が欠けてしまいました。
      金継ぎなどの修理は受けていらっしゃいますか。写真を見ていただければと思います。`,
      { attachments: [{ filename: '形見の湯呑.png', contentType: 'image/png', kind: 'png' }] },
    ),
  ]),
  story('new-waiting-quote', 'houjin', [
    mail(
      'B-5 16:42',
      'hasegawa',
      '永年勤続の記念品のお見積り',
      `みなと商会 総務部の長谷川です。いつもお世話になっております。
      永年勤続者への記念品として、夫婦湯呑を12組検討しております。
      1組1万円前後で、木箱に社名と氏名を入れたお見積りをお願いいたします。
      社内の会議が来週のため、今週中にいただけますと助かります。`,
    ),
    comment('B-3 10:12', 'tamura', '@高橋 @中村 どちらか担当をお願いします。今週中のご希望です。'),
  ]),
  story('new-reminder-phone', 'order', [
    mail('B-3~ 22:40', 'docomo', '返品', 'この前の急須返品したいんですけどどうすればいいですか'),
    mail('B-2 12:11', 'docomo', '返品', 'メール届いてますか？返事まってます', { newThread: true }),
  ]),
  story('new-matsuda-wrapping', 'support', [
    mail(
      'B-2 15:20',
      'matsuda',
      '紙の緩衝材で届きました',
      `松田です。以前、梱包のことでご意見をお送りした者です。
      今回は紙の緩衝材で届き、とても気持ちよく開けられました。
      一つだけ、紙の粉が器の内側に付いていたので、薄紙を1枚かけていただけるとなおよいと思います。ご検討いただけますか。`,
    ),
  ]),
  story('new-invoice-reissue', 'houjin', [
    mail(
      'B-1 13:32',
      'tokiwa',
      '請求書再発行のお願い',
      `ときわ建設 経理課です。
      先月分の請求書を社内で紛失してしまいました。お手数ですが、再発行をお願いいたします。
      部署名を「総務部」から「経理課」に変更してください。`,
    ),
  ]),
  story('new-bag-zip', 'support', [
    mail(
      'B-1 10:48',
      'watanabeC',
      'お茶の袋のこと',
      `渡邊でございます。いつもご親切にありがとうございます。
      このごろお茶の袋のチャックがかたくて、はさみで切ってしまいます。
      前のような、口を折って留める袋のものはもうないのでしょうか。`,
    ),
  ]),
  story('new-subscription-change', 'support', [
    mail(
      'B-1 17:50',
      'aoki',
      '定期便の内容変更',
      `青木です。湯呑の件では丁寧に見ていただいています。
      別件で、定期便を「煎茶のみ」から「煎茶とほうじ茶を交互」に変えられますか。次の発送から変更したいです。`,
    ),
  ]),
  story('new-html-event', 'houjin', [
    mail(
      'D-0 08:20',
      'kaede',
      '開店の写真と追加のご相談',
      `カフェ楓の三宅です。おかげさまで先週、無事に開店しました！
      写真を1枚お送りします。お客様から「この鉢はどこで買えますか」と何度も聞かれました。
      店頭で御社の器を委託販売させていただくことはできないでしょうか。まずは10点ほどから始めたいです。`,
      {
        attachments: [{ filename: '開店の日.jpg', contentType: 'image/jpeg', kind: 'jpg' }],
        html: `<div style="font-family:'Hiragino Mincho ProN',serif;line-height:1.9"><p>カフェ楓の三宅です。おかげさまで先週、無事に開店しました！<br>写真を1枚お送りします。お客様から<b>「この鉢はどこで買えますか」</b>と何度も聞かれました。</p><p>店頭で御社の器を委託販売させていただくことはできないでしょうか。まずは10点ほどから始めたいです。</p><hr><table cellpadding="2"><tr><td style="color:#a0522d">カフェ楓</td></tr><tr><td>三宅 雄二</td></tr></table><img src="https://mail-open.example.com/t.gif?u=kaede" width="1" height="1" onerror="alert('x')"></div>`,
      },
    ),
  ]),
  story('new-form-stock', 'support', [
    mail(
      'D-0 00:26',
      'ueno',
      '【お問い合わせ】商品について（上野 優 様）',
      `お問い合わせフォームから次の内容が送信されました。

■お名前：上野 優
■フリガナ：ウエノ ユウ
■メールアドレス：yu-ueno@example.jp
■お問い合わせの種類：商品について
■ご注文番号：（未入力）
■お問い合わせ内容：
土瓶「すす竹」は直火にかけられますか？IHは使えますか？

────────────────
送信元：https://www.hanamiya.example/contact/`,
      { via: 'form' },
    ),
  ]),
  story('new-night-order', 'order', [
    mail(
      'D-0 05:52',
      'softb',
      '注文まちがえました',
      'さっき頼んだお茶、住所が実家のままでした(>_<)今のアパートに変えたいです。まにあいますか？森田',
    ),
  ]),
  story('new-morning-shimizu', 'order', [
    mail(
      'D-0 08:41',
      'shimizu',
      '代金引換の領収書',
      `清水です。昨日、代金引換で受け取った品の領収書をいただけますか。
      箱に入っているかと思ったのですが、納品書だけでした。HN-10588 です。`,
    ),
  ]),
];
