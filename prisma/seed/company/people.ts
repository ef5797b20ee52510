import type { Company, Group, Hours, Mailbox, Member, Membership } from '#prisma/seed/company/types.ts';

export const members = {
  nakamura: { name: '中村 彩', reading: 'なかむら あや', email: 'nakamura@hanamiya.example' },
  sato: { name: '佐藤 美咲', reading: 'さとう みさき', email: 'sato@hanamiya.example' },
  takahashi: { name: '高橋 直人', reading: 'たかはし なおと', email: 'takahashi@hanamiya.example' },
  kobayashi: { name: '小林 翔太', reading: 'こばやし しょうた', email: 'kobayashi@hanamiya.example' },
  watanabe: { name: '渡邉 亜希子', reading: 'わたなべ あきこ', email: 'watanabe@hanamiya.example' },
  tamura: { name: '田村 健一', reading: 'たむら けんいち', email: 'tamura@hanamiya.example' },
  kanno: { name: '管野 太一', reading: 'かんの たいち', email: 'kanno@hanamiya.example' },
  ishii: { name: '石井 里奈', reading: 'いしい りな', email: 'ishii@hanamiya.example' },
  kiritani: { name: '桐谷 まどか', reading: 'きりたに まどか', email: 'kiritani@tetsudai-desk.example' },
  onishi: { name: '大西 洋平', reading: 'おおにし ようへい', email: 'onishi@minato-foods.example' },
  hamada: { name: '浜田 千尋', reading: 'はまだ ちひろ', email: 'hamada@minato-foods.example' },
  isobe: { name: '磯部 誠', reading: 'いそべ まこと', email: 'isobe@minato-foods.example' },
} as const satisfies Record<string, Member>;
export type MemberKey = keyof typeof members;

const weekdays: Hours['weekdays'] = [1, 2, 3, 4, 5];
const withLunch: Hours[] = [
  {
    weekdays,
    spans: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
  },
];

const hanamiyaSignature = (box: string, address: string) => `--
はなみや商店 ${box}
〒509-0000 岐阜県多治見市花見町1-2-3
電話 0572-00-0000（平日 9:00-18:00）
${address}
https://www.hanamiya.example/`;

export const mailboxes = {
  support: {
    name: 'サポート窓口',
    address: 'support@hanamiya.example',
    calendar: { name: '平日 9-18時（昼休みあり）', zone: 'Asia/Tokyo', closedOnHolidays: true, hours: withLunch },
    signature: hanamiyaSignature('サポート窓口', 'support@hanamiya.example'),
  },
  order: {
    name: 'ご注文・配送',
    address: 'order@hanamiya.example',
    calendar: {
      name: '平日 9-18時（交代制）',
      zone: 'Asia/Tokyo',
      closedOnHolidays: true,
      hours: [{ weekdays, spans: [['09:00', '18:00']] }],
    },
    signature: hanamiyaSignature('ご注文・配送', 'order@hanamiya.example'),
  },
  houjin: {
    name: '法人・請求書',
    address: 'houjin@hanamiya.example',
    calendar: {
      name: '平日 10-17時（昼休みあり）',
      zone: 'Asia/Tokyo',
      closedOnHolidays: true,
      hours: [
        {
          weekdays,
          spans: [
            ['10:00', '12:00'],
            ['13:00', '17:00'],
          ],
        },
      ],
    },
    signature: hanamiyaSignature('法人・請求書', 'houjin@hanamiya.example'),
  },
  minato: {
    name: 'お客様相談室',
    address: 'info@minato-foods.example',
    calendar: {
      name: '平日 9-17時',
      zone: 'Asia/Tokyo',
      closedOnHolidays: true,
      hours: [{ weekdays, spans: [['09:00', '17:00']] }],
    },
    signature: `--
みなと食品株式会社 お客様相談室
〒425-0000 静岡県焼津市港町4-5-6
電話 054-000-0000（平日 9:00-17:00）
info@minato-foods.example`,
  },
} as const satisfies Record<string, Mailbox>;
export type MailboxKey = keyof typeof mailboxes;

export const groups = {
  cs: { name: 'カスタマーサポート', mailboxes: ['support', 'order'] },
  haiso: { name: '受注・配送', mailboxes: ['order'] },
  houjinSales: { name: '法人営業', mailboxes: ['houjin'] },
  kanri: { name: '管理', mailboxes: ['support', 'order', 'houjin'] },
  soudan: { name: 'お客様相談室', mailboxes: ['minato'] },
} as const satisfies Record<string, Group>;
export type GroupKey = keyof typeof groups;

export type CompanyKey = 'hanamiya' | 'minato';

export const hanamiyaMembers: Membership[] = [
  { member: 'nakamura', roles: ['agent'], groups: ['cs', 'houjinSales'], note: '3つの窓口を担当' },
  { member: 'sato', roles: ['agent'], groups: ['cs'], note: 'サポートとご注文を担当' },
  { member: 'takahashi', roles: ['agent'], groups: ['cs', 'houjinSales'], note: '3つの窓口を担当' },
  { member: 'kobayashi', roles: ['agent'], groups: ['haiso'], note: 'ご注文・配送だけを担当' },
  { member: 'watanabe', roles: ['supervisor'], groups: ['kanri'], note: '全窓口の責任者' },
  { member: 'tamura', roles: ['manager', 'supervisor'], groups: ['kanri'], note: '管理職と責任者を兼ねる' },
  { member: 'kanno', roles: ['admin'], groups: [], note: '設定だけを行う' },
  { member: 'ishii', roles: ['viewer'], groups: ['cs'], note: '商品企画部。閲覧だけ' },
  { member: 'kiritani', roles: ['agent'], groups: ['cs'], note: '応援要員。2つの会社に所属' },
];

export const minatoMembers: Membership[] = [
  { member: 'onishi', roles: ['agent'], groups: ['soudan'], note: '担当者' },
  { member: 'hamada', roles: ['supervisor', 'manager'], groups: ['soudan'], note: '責任者' },
  { member: 'isobe', roles: ['admin'], groups: [], note: '設定だけを行う' },
  { member: 'kiritani', roles: ['agent'], groups: ['soudan'], note: '応援要員。2つの会社に所属' },
];

export const formSender: NonNullable<Company['formSender']> = {
  name: 'はなみや商店 お問い合わせフォーム',
  address: 'no-reply@hanamiya.example',
};
