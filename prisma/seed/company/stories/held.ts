import type { Story } from '#prisma/seed/company/types.ts';
import { back, claim, hold, mail, reply, story } from '#prisma/seed/company/write.ts';

/** Waiting for somebody else: what stands in 保留 on the seed's day, beside two older stories. */
export const held: Story[] = [
  story('hold-kiln-result', 'support', [
    mail(
      'B-9 13:12',
      'kitamura',
      '同じ色の湯呑をもう一つ',
      `北村です。萩焼の湯呑がよい色に育ってきました。
      夫の分も買いたいのですが、できるだけ近い色のものを選んでいただけますか。`,
    ),
    claim('B-9 13:40', 'sato'),
    reply(
      'B-9 14:20',
      'sato',
      `育ってきたとのこと、うれしく拝見しました。
      次の窯が {B+4} に開きますので、その中からお手元の色に最も近いものをお選びします。窯が開きましたら、写真をお送りいたします。`,
      'doing',
    ),
    hold('B-9 14:22', 'sato', 'inside', 'B+4 9:00'),
  ]),
  story('hold-customer-photo', 'support', [
    mail('B-7 17:02', 'softb', 'マグのとって', 'マグのとってにざらざらがあります。赤ちゃんがさわるので心配です'),
    claim('B-6 9:15', 'kiritani'),
    reply(
      'B-6 9:40',
      'kiritani',
      `赤ちゃんがお使いになるとのこと、ご心配はもっともでございます。
      ざらつきの場所がわかる写真を、このメールに付けてご返信いただけますでしょうか。確かめまして、交換かお直しかをご案内いたします。`,
      'doing',
    ),
    hold('B-6 9:41', 'kiritani', 'customer', 'B+2 9:00'),
  ]),
  story('hold-aozora-approval', 'houjin', [
    mail(
      'B-5 10:30',
      'aozora',
      '飯碗の追加20個',
      `あおぞらの丘の五十嵐です。先日の飯碗が好評で、別の棟でも使いたいという話になりました。
      桜色20個の追加をお願いしたいのですが、理事会の決裁が要りますので、先にお見積りをいただけますか。`,
    ),
    claim('B-5 10:50', 'nakamura'),
    reply(
      'B-5 13:22',
      'nakamura',
      `皆様に喜んでいただけて、何よりでございます。
      桜色20個で39,600円（税込）、前回と同じ価格でお見積りいたしました。下記のページからお受け取りください。ご決裁をお待ちしております。

      https://www.hanamiya.example/biz/q/3188`,
      'hold',
    ),
    back('B-4 10:15', '見積書を受け取りました。理事会は {B+3} ですので、終わり次第ご連絡します。'),
    hold('B-4 10:40', 'nakamura', 'customer', 'B+5 10:00'),
  ]),
  story('hold-hoshino-year', 'houjin', [
    mail(
      'B-2 10:48',
      'hoshino',
      '来年の暦入り湯呑',
      `星野印刷の鶴田です。先日の記念品はおかげさまで大変好評でした。
      来年、取引先に配る湯呑を150個お願いしたいと思います。予算の確定が月末になりますので、概算だけ先にいただけますか。`,
    ),
    claim('B-2 11:20', 'takahashi'),
    reply(
      'B-2 15:35',
      'takahashi',
      `記念品が好評とのこと、ありがとうございます。
      前回と同じ「渓」の灰で、名入れと化粧箱を含み1個1,620円、150個で243,000円（税別）が概算でございます。版は前回のものが使えますので、版の代金はかかりません。
      ご予算が決まりましたら、正式なお見積りをお出しいたします。`,
      'doing',
    ),
    hold('B-2 15:36', 'takahashi', 'customer', 'B+6 10:00'),
  ]),
];
