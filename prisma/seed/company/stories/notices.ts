import type { Story } from '#prisma/seed/company/types.ts';
import { assign, claim, comment, end, mail, story } from '#prisma/seed/company/write.ts';

const auto = { automatic: true, headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } };

const mallOrder = (no: string, goods: string, sum: string) => `はなみや商店 様

花市モールで次のご注文がありました。

[注文番号] ${no}
[商品]     ${goods}
[合計金額] ${sum}円
[決済方法] クレジットカード決済

出荷の手続きは店舗管理画面からお願いいたします。
※このメールは送信専用です。`;

/** Machines that must be read: mall, payment, carrier; and one newsletter that need not be. */
export const notices: Story[] = [
  story('mall-order-1', 'order', [
    mail(
      'B-36 11:02',
      'mall',
      '【花市モール】新しいご注文（H7-220418）',
      mallOrder('H7-220418', '波佐見焼 マグ「麦わら」 x 2', '7,920'),
      auto,
    ),
    end('B-36 11:40', 'kobayashi', true),
  ]),
  story('mall-order-2', 'order', [
    mail(
      'B-22 15:15',
      'mall',
      '【花市モール】新しいご注文（H7-221107）',
      mallOrder('H7-221107', '煎茶「花みや」100g x 3', '3,240'),
      auto,
    ),
    end('B-22 15:48', 'kobayashi', true),
  ]),
  story('mall-review-low', 'support', [
    mail(
      'B-18 9:30',
      'mall',
      '【花市モール】星2つのレビューが投稿されました',
      `はなみや商店 様

次のレビューが投稿されました。

[商品] 箸置き五点「五葉」
[評価] 2
[内容] かわいいけれど、思っていたより小さかったです。大きさを写真で分かるようにしてほしい。

返信は店舗管理画面から7日以内にお願いいたします。`,
      auto,
    ),
    claim('B-18 9:55', 'sato'),
    comment('B-18 10:20', 'sato', '管理画面から返信した。硬貨と並べた写真を商品ページに足してもらう。'),
    end('B-18 10:25', 'sato', true),
  ]),
  story('payment-chargeback', 'order', [
    mail(
      'B-29 10:05',
      'payment',
      '【ツバメペイ】お支払いの異議申し立てのお知らせ',
      `加盟店 はなみや商店 様

下記のお取引について、カード会員の方から異議申し立て（チャージバック）がありました。

お取引番号　TP-55810293
金額　　　　14,300円
理由　　　　利用の覚えがない
回答期限　　{B-22}

期限までに、配達を証明する書類を加盟店ページからご提出ください。`,
      auto,
    ),
    assign('B-29 10:18', 'watanabe', 'takahashi'),
    comment(
      'B-29 11:30',
      'takahashi',
      '注文者本人が受け取りの印を押している。配達完了の記録と受領印を運送会社から取り寄せる。',
    ),
    comment('B-25 14:10', 'takahashi', '配達の記録を提出した。結果は2週間後。'),
    end('B-25 14:15', 'takahashi', true),
  ]),
  story('payment-settlement', 'houjin', [
    mail(
      'B-21 10:02',
      'payment',
      '【ツバメペイ】ご精算のお知らせ',
      `加盟店 はなみや商店 様

前期のご精算額が確定いたしました。

売上合計　　1,284,920円
手数料　　　　　41,117円
お振込額　　1,243,803円
お振込日　　{B-16}

明細は加盟店ページからご覧ください。`,
      {
        ...auto,
        html: `<html><body><p>加盟店 はなみや商店 様</p><p>前期のご精算額が確定いたしました。</p>
<table border="0" cellpadding="4" style="border-collapse:collapse"><tr style="background:#eef"><td>売上合計</td><td align="right">1,284,920円</td></tr><tr><td>手数料</td><td align="right">41,117円</td></tr><tr style="font-weight:bold"><td>お振込額</td><td align="right">1,243,803円</td></tr><tr><td>お振込日</td><td>{B-16}</td></tr></table>
<p>明細は<a href="https://merchant.tsubame-pay.example/">加盟店ページ</a>からご覧ください。</p><img src="https://track.tsubame-pay.example/p.png?m=8812" width="1" height="1"></body></html>`,
      },
    ),
    end('B-21 10:40', 'tamura', true),
  ]),
  story('carrier-holiday', 'order', [
    mail(
      'B-13 16:00',
      'carrier',
      '【はやて運輸】集荷時刻の変更について',
      `はなみや商店 様

いつもはやて運輸をご利用いただき、ありがとうございます。
道路工事に伴い、{B-10} から当分の間、午後の集荷を17時から16時30分に変更いたします。
ご迷惑をおかけしますが、よろしくお願いいたします。`,
      auto,
    ),
    comment('B-13 16:25', 'kobayashi', '当日出荷の締め切りを15時30分に早めます。倉庫に伝えました。'),
    end('B-13 16:28', 'kobayashi', true),
  ]),
  story('newsletter', 'support', [
    mail(
      'B-16 8:00',
      'newsletter',
      '【EC運営つうしん】レビューの返し方、3つの型',
      `EC運営つうしん 第214号

・特集　低い評価への返し方、3つの型
・連載　写真の撮り方　自然光と白い紙だけで
・お知らせ　来月の勉強会（無料）

配信の停止は下記からお願いいたします。
https://ec-tsushin.example/stop`,
      {
        automatic: true,
        headers: {
          'List-Id': '<news.ec-tsushin.example>',
          'List-Unsubscribe': '<https://ec-tsushin.example/stop>',
          Precedence: 'bulk',
        },
        html: '<html><body style="background:#f4f4f4"><table width="600" align="center" bgcolor="#ffffff" cellpadding="16"><tr><td><img src="https://img.ec-tsushin.example/head.png" width="568" alt="EC運営つうしん"><h1>第214号</h1><ul><li>特集　低い評価への返し方、3つの型</li><li>連載　写真の撮り方　自然光と白い紙だけで</li></ul><p style="font-size:11px;color:#999"><a href="https://ec-tsushin.example/stop">配信の停止</a></p></td></tr></table></body></html>',
      },
    ),
    end('B-16 9:10', 'sato', true),
  ]),
  story('mall-maintenance-new', 'order', [
    mail(
      'D-0 06:00',
      'mall',
      '【花市モール】店舗管理画面の点検のお知らせ',
      `はなみや商店 様

下記の時間、店舗管理画面の点検を行います。点検中もお買い物はできますが、ご注文の確認と出荷の登録ができません。

日時：{D+3} 2時00分から5時00分

ご不便をおかけしますが、ご理解をお願いいたします。`,
      auto,
    ),
  ]),
];
