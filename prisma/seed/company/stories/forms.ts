import type { CustomerKey } from '#prisma/seed/company/customers.ts';
import { customers } from '#prisma/seed/company/customers.ts';
import type { At, Step, Story } from '#prisma/seed/company/types.ts';
import { back, claim, comment, end, mail, plain, reply, story } from '#prisma/seed/company/write.ts';

/** The notice the shop's own form sends: labelled fields, the customer only in Reply-To and in the body. */
function form(at: At, from: CustomerKey, name: string, kana: string, kind: string, order: string, text: string): Step {
  const body = `お問い合わせフォームから次の内容が送信されました。

■お名前：${name}
■フリガナ：${kana}
■メールアドレス：${customers[from].address}
■お問い合わせの種類：${kind}
■ご注文番号：${order || '（未入力）'}
■お問い合わせ内容：
${plain(text)}

────────────────
送信元：https://www.hanamiya.example/contact/`;
  return mail(at, from, `【お問い合わせ】${kind}（${name} 様）`, body, { via: 'form', charset: 'utf-8' });
}

export const forms: Story[] = [
  story('form-gift-receipt', 'support', [
    form('B-40 21:33', 'kudo', '工藤 あかね', 'クドウ アカネ', '商品について', '', '湯呑「渓」は食洗機で洗えますか？'),
    reply(
      'B-39 9:25',
      'nakamura',
      `湯呑「渓」は食洗機でお洗いいただけます。金属のたわしは表面に筋が残ることがございますので、お避けください。`,
    ),
  ]),
  story('form-order-stop', 'order', [
    form(
      'M-7 9:05',
      'hirano',
      '平野 俊介',
      'ヒラノ シュンスケ',
      'ご注文の変更・取り消し',
      'HN-10355',
      '間違えて2セット頼みました。1セットに減らせますか。',
    ),
    claim('M-7 9:18', 'kobayashi'),
    reply(
      'M-7 9:33',
      'kobayashi',
      `HN-10355 を1セットに変更いたしました。代金の差額4,180円は、カードのご請求から引かれております。`,
    ),
    back('M-7 20:02', '変更メール届きました。ありがとうございます。'),
    end('M-7+1 9:20', 'kobayashi', true),
  ]),
  story('form-visit-shop', 'support', [
    form(
      'B-33 17:48',
      'smith',
      'Emma Whitfield',
      'エマ ウィットフィールド',
      'その他',
      '',
      '日本の友だちに急須をプレゼントします。お店からカードを入れてもらえますか。カードは英語で書きたいです。',
    ),
    claim('B-32 9:10', 'nakamura'),
    reply(
      'B-32 9:42',
      'nakamura',
      `お友だちへの贈り物に選んでくださり、ありがとうございます。
      英語のカードをお入れできます。このメールに、カードに書く言葉を返信してください。80文字までです。`,
      'hold',
    ),
    back('B-31~ 18:10', '"To Yuki, thank you for the tea we shared. With love, Emma" と書いてください。'),
    reply(
      'B-31 9:35',
      'nakamura',
      `カードのお言葉をいただきました。手書きの文字でお作りし、急須の箱の上に添えてお送りいたします。`,
    ),
  ]),
  story('form-complaint-site', 'support', [
    form(
      'M-6 22:41',
      'noguchi',
      '野口 康平',
      'ノグチ コウヘイ',
      'サイトの使い方',
      '',
      'スマホだと「カートに入れる」のボタンが広告に隠れて押せません。機種は3年前のものです。',
    ),
    claim('M-6+1 10:02', 'kiritani'),
    comment('M-6+1 10:20', 'kiritani', '横幅の狭い端末でお知らせの帯が重なる。制作会社に連絡した。'),
    reply(
      'M-6+1 10:45',
      'kiritani',
      `ご不便をおかけし、申し訳ございません。画面の狭い機種で、お知らせの帯がボタンに重なることを確かめました。
      本日中に直します。それまでは、帯の右上の「×」を押していただくとボタンが現れます。`,
      'doing',
    ),
    reply(
      'M-6+2 10:10',
      'kiritani',
      `昨日の夕方に直しが終わり、帯が重ならないようになりました。お知らせくださり、ありがとうございました。`,
    ),
  ]),
  story('form-wholesale', 'houjin', [
    form(
      'B-22 10:50',
      'kaede',
      '三宅 雄二',
      'ミヤケ ユウジ',
      '法人のお客様',
      '',
      `カフェ楓です。開店の日が決まりました。
      お客様への開店記念に、ほうじ茶のティーバッグ（2袋入り）を200セット配りたいのですが、{B-8} までに間に合いますか。`,
    ),
    claim('B-22 11:10', 'nakamura'),
    reply(
      'B-22 14:05',
      'nakamura',
      `開店の日が決まり、おめでとうございます。
      2袋入り200セットは、1セット65円（税込）で、{B-10} にお届けできます。袋に「カフェ楓」の判を押すこともできます。判の代金はいただきません。`,
      'hold',
    ),
    back('B-21~ 20:25', '判もお願いします！絵柄を送ります。200セットでお願いします。', {
      attachments: [{ filename: '楓ロゴ.png', contentType: 'image/png', kind: 'png' }],
    }),
    reply('B-21 11:20', 'nakamura', `絵柄をいただきました。判を押した袋の写真を、お届けの前に一度お送りいたします。`),
  ]),
  story('form-reading-name', 'order', [
    form(
      'B-11 12:06',
      'takagi',
      '髙木 紗英',
      'タカギ サエ',
      'お届けについて',
      'HN-10492',
      '宛名の「髙」がはしごだかになるようにしてもらえますか。前は「?木」になっていました。',
    ),
    claim('B-11 12:30', 'kobayashi'),
    comment(
      'B-11 13:05',
      'kobayashi',
      '送り状のシステムが第三水準の字に対応していない。今回は手書きのラベルで対応する。',
    ),
    reply(
      'B-11 13:25',
      'kobayashi',
      `お名前が正しく印刷されず、大変失礼いたしました。
      送り状の機械が「髙」の字に対応しておりませんでした。今回は手書きの宛名をお貼りしてお送りいたします。機械の入れ替えも進めております。`,
    ),
    back('B-9 17:30', 'きれいな字の宛名で届きました。うれしかったです。'),
    end('B-8 9:06', 'kobayashi', true),
  ]),
];
