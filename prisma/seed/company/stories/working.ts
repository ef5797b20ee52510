import type { Story } from '#prisma/seed/company/types.ts';
import { assign, back, claim, comment, mail, reply, story } from '#prisma/seed/company/write.ts';

/** Somebody is on these: what stands in 対応中 on the seed's day. */
export const working: Story[] = [
  story('work-tea-tin-repair', 'support', [
    mail(
      'B-8 10:15',
      'fujimoto',
      '茶筒の蓋がきつくなった',
      `藤本です。返品できなかった茶筒ですが、使い始めたら気に入りました。
      ただ、最近急に蓋がきつくなってきました。乾燥のせいでしょうか。直していただけますか。`,
    ),
    claim('B-8 10:40', 'takahashi'),
    reply(
      'B-8 11:22',
      'takahashi',
      `お使いくださり、ありがとうございます。桜皮は空気の乾きで縮むことがございます。
      無料でお直しいたしますので、着払いで当店へお送りください。お直しには2週間ほどかかります。`,
      'doing',
    ),
    back('B-5 12:40', '本日送りました。伝票番号は 4021-5533-0512 です。'),
    comment('B-3 14:05', 'takahashi', '届いた。職人さんに渡した。仕上がりは {B+4} の予定。'),
  ]),
  story('work-crushed-box', 'order', [
    mail(
      'B-4 9:12',
      'kubo',
      '荷物の箱がつぶれていました',
      `久保です。HN-10562 の箱の角がつぶれて届きました。
      中の皿は割れていませんでしたが、贈り物用の化粧箱もへこんでいます。箱だけ替えていただけますか。`,
      { attachments: [{ filename: '箱.jpg', contentType: 'image/jpeg', kind: 'jpg' }] },
    ),
    claim('B-4 9:40', 'sato'),
    reply(
      'B-4 10:18',
      'sato',
      `贈り物の箱がへこんで届き、誠に申し訳ございません。
      新しい化粧箱を倉庫に手配しております。発送の日が決まり次第、ご連絡いたします。贈られる日をお聞かせいただけますでしょうか。`,
      'doing',
    ),
    back('B-3 18:36', '渡すのは {B+5} です。それまでに届けば大丈夫です。'),
    comment('B-2 9:30', 'sato', '化粧箱は {B+1} 入荷。入ったらすぐ送る。'),
  ]),
  story('work-bulk-hotel', 'houjin', [
    mail(
      'B-6 11:20',
      'ryokan',
      '夕食用の器の入れ替え',
      `山ぼうしの神田です。お茶は大変好評です。
      続いて、夕食の向付と小鉢を28客ずつ入れ替えたいと考えております。
      料理長が来月そちらへ伺い、実物を見たいと申しております。ご都合のよい日はありますか。`,
    ),
    assign('B-6 11:35', 'tamura', 'takahashi'),
    reply(
      'B-6 14:10',
      'takahashi',
      `お茶をお気に召していただき、ありがとうございます。
      料理長様のお越しを楽しみにお待ちしております。窯元にもご案内できるよう、日程を3つほどお出しいたします。少しだけお時間をくださいませ。`,
      'doing',
    ),
    comment('B-4 10:30', 'takahashi', '窯元2軒の返事待ち。来月の第2週で調整中。'),
    back('B-2 11:05', `第2週ですと料理長が動きやすいそうです。火曜か水曜でお願いできますと幸いです。`),
  ]),
  story('work-double-charge', 'order', [
    mail(
      'B-2 9:40',
      'sakamoto',
      '二重に引き落とされています',
      `坂本です。カードの明細を見たら、HN-10533 の 6,820円が同じ日に2回引き落とされていました。
      明細の写しを添付します。至急調べてください。`,
      { attachments: [{ filename: 'カード明細.pdf', contentType: 'application/pdf', kind: 'pdf' }] },
    ),
    claim('B-2 9:52', 'kiritani'),
    comment('B-2 10:15', 'kiritani', '決済の管理画面では1回だけ。ツバメペイに照会番号 Q-8841 で問い合わせた。'),
    reply(
      'B-2 10:30',
      'kiritani',
      `ご心配をおかけし、誠に申し訳ございません。
      当店の記録では1回のご請求ですが、決済会社に同じ日の取引をすべて調べるよう依頼いたしました。明日中に、結果にかかわらず一度ご連絡いたします。`,
      'doing',
    ),
    comment('B-1 15:40', 'kiritani', 'ツバメペイから途中経過。仮の売上が重複。取り消しの日を確認中。'),
  ]),
  story('work-glaze-lead', 'support', [
    mail(
      'B-3 11:30',
      'chen',
      '釉薬の安全について',
      `陳です。子どもが生まれました。飯碗「霞」の小を子どもに使いたいです。
      釉薬に鉛は入っていますか。検査の紙はありますか。`,
    ),
    claim('B-3 13:15', 'nakamura'),
    reply(
      'B-3 13:48',
      'nakamura',
      `お子様のお誕生、おめでとうございます。
      「霞」は鉛を使わない釉薬で焼いております。検査の成績書を窯元から取り寄せ、写しをお送りいたします。2、3日ほどお時間をください。`,
      'doing',
    ),
    comment('B-1 11:20', 'nakamura', '窯元から成績書が届いた。本日か次の営業日に送る。'),
  ]),
  story('work-mall-claim', 'support', [
    mail(
      'B-2 13:55',
      'yamazaki',
      'モールで買った急須の茶こし',
      `山﨑と申します。花市モールの御店で急須を買いました。
      中の茶こしの網が外れかけています。部品だけ売っていただくことはできますか。
      モールの注文番号は H7-221630 です。`,
    ),
    assign('B-2 14:10', 'watanabe', 'sato'),
    comment('B-2 15:02', 'sato', '茶こしは無償で送れる。型番が2種類あるので、お客様に直径をうかがう。'),
  ]),
  story('work-receipt-name-again', 'order', [
    mail(
      'B-12 10:40',
      'yamazaki',
      '領収書の日付',
      '山﨑です。HN-10470 の領収書の日付を、発送日ではなく注文日にできますか。',
    ),
    claim('B-12 11:02', 'kobayashi'),
    reply(
      'B-12 11:30',
      'kobayashi',
      `領収書の日付を注文日の {B-16} に改め、PDFをご用意いたしました。
      https://www.hanamiya.example/r/10470`,
    ),
    back(
      'B-1 18:24',
      '度々すみません。会社に出したところ、宛名に「様」ではなく「御中」が必要と言われました。宛名は「山﨑電機」でお願いします。',
    ),
  ]),
  story('work-angry-late', 'order', [
    mail(
      'B-1 8:30',
      'nishimura',
      'また届きません',
      `西村です。前にも荷物が止まったことがありましたが、今度の HN-10579 も昨日から動いていません。
      週末に使うものなので困ります。今日中に回答をお願いします。`,
    ),
    claim('B-1 9:10', 'kobayashi'),
    comment('B-1 9:24', 'kobayashi', 'はやて運輸に調査依頼。前回と同じ中継地。'),
    reply(
      'B-1 9:45',
      'kobayashi',
      `たびたびご迷惑をおかけし、誠に申し訳ございません。
      はやて運輸に調査を依頼しており、本日の18時までに必ずご連絡いたします。間に合わない場合に備え、代わりの品もお取り置きしております。`,
      'doing',
    ),
    back('B-1 12:32', 'わかりました。18時まで待ちます。'),
  ]),
  story('work-lid-only', 'support', [
    mail(
      'B-4 15:08',
      'smith',
      'A lid for my teapot',
      `Hello again,
      The "Shiratsuyu" teapot arrived safely in Melbourne, but I dropped the lid last night. It is my own fault.
      Is it possible to buy only a lid? 蓋だけ買えますか？
      Emma`,
      { attachments: [{ filename: 'broken lid.png', contentType: 'image/png', kind: 'png' }] },
    ),
    claim('B-4 16:30', 'nakamura'),
    comment('B-3 10:05', 'nakamura', '窯元に確認。蓋は本体に合わせて1つずつ削るため、本体の内径が必要。'),
    reply(
      'B-3 10:40',
      'nakamura',
      `Thank you for telling us, and please do not worry: lids break more often than pots.

      Each lid is cut to fit its own pot. Could you measure the inner diameter of the opening in millimetres, at two places if possible?
      Then we will ask the potter whether a lid of that size is at hand.`,
      'doing',
    ),
    back('B-2 7:58', 'It is 61 mm one way and 61.5 mm the other. Thank you so much!'),
  ]),
  story('work-second-order-gift', 'order', [
    mail(
      'B-1 11:15',
      'ogasawara',
      '内祝いの宛名の一覧',
      `小笠原でございます。先日の湯呑では大変お世話になりました。
      このたびは内祝いを8軒にお送りしたく、宛名の一覧を添付いたします。
      3番目の方だけ、ほうじ茶に替えていただけますでしょうか。煎茶では眠れなくなるそうです。`,
      { attachments: [{ filename: '内祝い宛名.txt', contentType: 'text/plain', kind: 'txt' }] },
    ),
    claim('B-1 11:40', 'sato'),
    comment('B-1 13:30', 'sato', '8軒分の入力が済んだ。のし紙の表書きを確認してから返信する。'),
  ]),
  story('work-tsubaki-season', 'houjin', [
    mail(
      'B-3 14:30',
      'tsubaki',
      '松花堂の器のご相談',
      `料亭つばきの椿原でございます。いつもありがとうございます。
      昼の松花堂を新しくするにあたり、中に入れる角皿を40枚探しております。一辺が9センチに収まるものはございますか。`,
    ),
    claim('B-3 15:10', 'takahashi'),
    comment('B-2 16:12', 'takahashi', '8.8センチ角が3柄。在庫は24枚、残りは窯元の次の窯。'),
  ]),
  story('work-lost-cancel', 'order', [
    mail(
      'B-1 9:20',
      'hirano',
      'キャンセルしたのに発送メールが',
      `平野です。昨日キャンセルの手続きをした HN-10583 の発送メールが今朝届きました。
      受け取り拒否をすればいいですか？代金はどうなりますか。`,
    ),
    assign('B-1 9:35', 'watanabe', 'kobayashi'),
    comment('B-1 9:50', 'kobayashi', '倉庫で出荷と入れ違い。はやて運輸に転送停止を依頼中。'),
    reply(
      'B-1 10:12',
      'kobayashi',
      `行き違いでお荷物を発送してしまい、誠に申し訳ございません。
      運送会社に配達の中止を依頼しております。もし届きましたら、受け取らずにお断りください。送料は当店で負担いたします。
      ご返金の日が決まりましたら、改めてお知らせいたします。`,
      'doing',
    ),
    back('B-1 19:48', 'わかりました。返金の連絡を待っています。'),
  ]),
  story('work-photo-permission', 'support', [
    mail(
      'B-5 11:10',
      'yamada',
      'ブログの記事の写真',
      `山田です。ブログを読んだ方から、急須の写真をもっと見たいと言われました。
      御社の商品ページの写真を、出典を書いて使わせていただけますか。`,
    ),
    claim('B-5 11:45', 'nakamura'),
    comment(
      'B-5 13:20',
      'nakamura',
      '@石井 写真の利用の可否を商品企画で確かめてください。撮影した方の許可も要ると思います。',
    ),
    reply(
      'B-5 13:50',
      'nakamura',
      `記事をたくさんの方にお読みいただいているとのこと、うれしく存じます。
      写真は撮影した方の権利もございますため、社内で確かめております。今週中を目安にお返事いたします。`,
      'doing',
    ),
    comment('B-2 10:40', 'nakamura', '撮影した方の許可が出た。石井さんが画像の大きいものを用意してくれる。'),
  ]),
  story('work-minimum-quantity', 'houjin', [
    mail(
      'B-2 11:40',
      'hasegawa',
      '名入れの最少数について',
      `みなと商会の長谷川です。別件でもお見積りをお願いしておりますが、もう一つ教えてください。
      退職される方お一人のために、名入れの湯呑を1個だけ作っていただくことはできますか。`,
    ),
    claim('B-2 13:20', 'nakamura'),
    comment('B-2 13:40', 'nakamura', '1個からできる職人さんに打診中。版でなく手書きなら可能とのこと。価格待ち。'),
  ]),
];
