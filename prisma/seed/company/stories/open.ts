import type { Story } from '#prisma/seed/company/types.ts';
import { mail, story } from '#prisma/seed/company/write.ts';

/** Nobody has taken these yet: what the team finds in 新着. */
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
];
