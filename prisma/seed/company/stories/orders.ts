import type { Story } from '#prisma/seed/company/types.ts';
import { assign, back, claim, comment, end, mail, reply, story } from '#prisma/seed/company/write.ts';

export const orders: Story[] = [
  story('gift-wrap-anniversary', 'order', [
    mail(
      'B-41 10:12',
      'ogasawara',
      '贈り物の包装について（HN-10318）',
      `お世話になります。小笠原と申します。
      先ほど、夫婦湯呑「こぼれ梅」を注文しました。両親の金婚式のお祝いに贈りたいと思っております。
      注文のときに包装を選び忘れてしまったのですが、今からでものし紙を付けていただくことはできますでしょうか。
      表書きは「祝 金婚」、名前は「由紀子」と下の名前だけでお願いしたいです。`,
    ),
    claim('B-41 10:40', 'sato'),
    reply(
      'B-41 11:05',
      'sato',
      `ご両親様の金婚式、誠におめでとうございます。
      ご注文番号 HN-10318 の夫婦湯呑「こぼれ梅」は、まだ出荷前でございますので、のし紙をお付けできます。

      ・のし紙　紅白結び切り（外のし）
      ・表書き　祝 金婚
      ・お名入れ　由紀子

      上記の内容でお作りしてよろしいでしょうか。包装とのし紙の代金はいただいておりません。`,
      'doing',
    ),
    back(
      'B-40~ 20:31',
      `早速のご返信ありがとうございます。
      金婚式は結び切りではなく蝶結びのほうがよいと母に聞いたのですが、変更できますか。
      そのほかは書いてくださったとおりで大丈夫です。`,
    ),
    reply(
      'B-40 9:48',
      'sato',
      `ご指摘いただきありがとうございます。おっしゃるとおり、金婚式のお祝いには紅白蝶結びをお使いするのが習わしでございます。
      こちらの確認が足りず、失礼いたしました。蝶結びに改めてお作りし、本日の便でお送りいたします。
      お届けは {B-39} の午前中の予定でございます。`,
    ),
    back(
      'B-37 14:20',
      `本日、両親から無事に届いたと電話がありました。
      包みがとてもきれいで、開けるのがもったいないと喜んでおりました。ありがとうございました。`,
    ),
    end('B-37 15:02', 'sato', true),
  ]),
  story('address-change-before-shipping', 'order', [
    mail(
      'M-8 9:22',
      'yamada',
      'お届け先の変更 HN-10331',
      `昨夜注文した山田です。
      お届け先が前の住所のままになっていました。
      新しい住所は下記です。変更をお願いします。

      〒330-0000 埼玉県さいたま市若葉区みどり町2-8-14 コーポみどり203

      まだ間に合いますか？`,
    ),
    claim('M-8 9:31', 'kobayashi'),
    reply(
      'M-8 9:44',
      'kobayashi',
      `ご注文番号 HN-10331 は出荷前でしたので、お届け先を下記のとおり変更いたしました。

      〒330-0000 埼玉県さいたま市若葉区みどり町2-8-14 コーポみどり203
      山田 太郎 様

      お届けは {M-8+2} を予定しております。
      なお、会員情報のご住所は変わっておりませんので、お手すきの際にマイページから変更をお願いいたします。`,
    ),
  ]),
  story('cancel-double-order', 'order', [
    mail(
      'M-8~ 22:47',
      'kitamura',
      '二重に注文してしまいました',
      `はじめまして、北村です。
      ほうじ茶「焙」100gを注文したのですが、画面が止まったのでもう一度ボタンを押したところ、確認メールが2通届きました。
      HN-10346 と HN-10347 です。1つだけ必要なので、片方を取り消してもらえますか。クレジットカード払いです。`,
    ),
    claim('M-8 9:15', 'kobayashi'),
    comment('M-8 9:21', 'kobayashi', '10347を取り消し。決済の売上確定前なので請求は上がらない。'),
    reply(
      'M-8 9:30',
      'kobayashi',
      `ご不便をおかけし、申し訳ございません。
      後からのご注文 HN-10347 を取り消しました。カードのご請求は HN-10346 の1件分だけとなります。
      カード会社様のご利用明細に一時的に2件表示されることがございますが、取り消した分が引き落とされることはございません。

      HN-10346 は本日発送いたします。`,
    ),
    back('M-8 12:11', 'ありがとうございます！安心しました。', { quotePrevious: false }),
    end('M-8 13:10', 'kobayashi', true),
  ]),
  story('phone-mail-arrival', 'order', [
    mail(
      'M-7~ 19:03',
      'docomo',
      '荷物',
      `昨日頼んだ急須いつ届きますか？
      太田`,
    ),
    reply(
      'M-7 9:12',
      'kobayashi',
      `ご注文番号 HN-10360 の急須「白露」は、本日 {M-7} に発送し、{M-7+1} のお届けを予定しております。
      発送の後、お荷物の番号をメールでお知らせいたします。

      なお、携帯電話のドメイン指定受信をお使いの場合は、hanamiya.example からのメールを受け取れるよう設定をお願いいたします。`,
    ),
    mail('M-7 12:25', 'docomo', 'Re2:', 'わかりました。午後指定にできますか', { newThread: true }),
    reply('M-7 12:48', 'kobayashi', `かしこまりました。{M-7+1} の14時から16時のお届けに変更いたしました。`),
  ]),
  story('combine-shipping', 'order', [
    mail(
      'B-33 11:40',
      'shimizu',
      '同梱のお願い',
      `清水と申します。いつもお世話になっております。
      先週予約した抹茶碗「暁」（HN-10288）と、今朝注文した抹茶「宵」30g（HN-10379）を、一緒に送っていただくことはできますか。
      抹茶は急ぎませんので、お茶碗に合わせていただいて結構です。`,
    ),
    assign('B-33 12:02', 'watanabe', 'sato'),
    reply(
      'B-33 14:26',
      'sato',
      `抹茶碗「暁」は {B-29} に窯元から入荷いたします。抹茶「宵」もその日に合わせ、1つにまとめてお送りいたします。
      HN-10379 でお支払いいただいた送料660円は、2営業日以内にカードへお返しいたします。
      抹茶は出荷の前日に挽いたものをお入れしますので、香りのよいうちにお楽しみいただけます。`,
    ),
    back(
      'B-32~ 21:10',
      `まとめていただけるとのこと、ありがとうございます。
      送料まで戻していただけるとは思っていませんでした。楽しみに待っております。`,
    ),
    end('B-32 9:20', 'sato', true),
  ]),
  story('bank-transfer-name', 'order', [
    mail(
      'B-31 15:33',
      'kinoshita',
      '振込の名義が違います',
      `木下です。
      HN-10402 の代金を先ほど振り込みましたが、妻の口座を使ったので名義が「キノシタ マリコ」になっています。
      注文者は木下 誠一です。そちらで確認できますでしょうか。金額は8,470円です。`,
    ),
    claim('B-31 15:50', 'takahashi'),
    comment('B-31 15:58', 'takahashi', '経理に照会中。8,470円の入金あり、名義 キノシタ マリコ。突き合わせ済み。'),
    reply(
      'B-31 16:20',
      'takahashi',
      `ご入金を確認いたしました。{B-31} 付、キノシタ マリコ様の名義で8,470円をお預かりしております。
      ご注文番号 HN-10402 のお支払いとして処理いたしましたので、ご安心ください。
      商品は明日発送いたします。`,
    ),
  ]),
  story('restock-set-plate', 'order', [
    mail(
      'B-27~ 13:52',
      'hayashi',
      '大皿「藍波」の再入荷について',
      `こんにちは。林と申します。
      大皿「藍波」の8寸がずっと「在庫なし」なのですが、次の入荷はいつごろでしょうか。
      2枚ほしいので、もし取り置きができるようでしたらお願いしたいです。`,
    ),
    claim('B-27 10:05', 'sato'),
    comment('B-27 10:30', 'sato', '窯元に電話。次の窯は再来週、8寸は12枚の予定。'),
    reply(
      'B-27 11:14',
      'sato',
      `大皿「藍波」をお探しいただき、ありがとうございます。
      窯元に確かめましたところ、次の窯出しは {B-18} ごろで、8寸は12枚ほど入る予定でございます。
      お取り置きも承りますので、2枚をご用意いたします。入荷しましたらこのメールにご返信する形でお知らせいたします。`,
      'hold',
    ),
    reply(
      'B-17 10:22',
      'sato',
      `お待たせいたしました。大皿「藍波」8寸2枚が入荷いたしました。
      下記の専用ページから、{B-12} までにご注文をお願いいたします。

      https://www.hanamiya.example/reserve/4471

      手作業で絵付けをしておりますため、1枚ごとに波の濃淡が少し異なります。2枚並べて色味の近いものを選んでおります。`,
    ),
    back(
      'B-16~ 20:08',
      `ご連絡ありがとうございます。先ほど注文しました。
      色味まで見て選んでくださったとのこと、届くのが楽しみです。`,
    ),
    end('B-16 9:40', 'sato', true),
  ]),
  story('english-shipping-abroad', 'order', [
    mail(
      'M-5 8:15',
      'smith',
      'Shipping to Australia?',
      `Hello,
      I visited your shop in Tajimi last spring and fell in love with the "Shiratsuyu" teapot.
      Do you ship to Australia? If so, how much would the postage be for one teapot and two cups?
      日本語でも少し読めます。
      Kind regards,
      Emma Whitfield`,
    ),
    claim('M-5 9:40', 'nakamura'),
    reply(
      'M-5 11:32',
      'nakamura',
      `Thank you very much for visiting our shop and for writing to us.

      We are sorry to say that our online shop ships within Japan only. However, a forwarding service can take our parcels abroad: please register there, and use the address in Japan that you receive as the delivery address.
      One teapot and two cups weigh about 1.4 kg including the box (30 x 25 x 18 cm).

      日本国内のお届け先でしたら、送料は全国一律660円でございます。
      We pack the lid and the body separately for long journeys if you write 「海外転送」 in the note of your order.`,
    ),
    back(
      'M-5+1 7:50',
      `Thank you for the kind reply! I will try the forwarding service.
      ありがとうございました。`,
    ),
    end('M-5+1 9:30', 'nakamura', true),
  ]),
];
