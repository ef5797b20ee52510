import { firms } from '#prisma/seed/company/customers-firms.ts';
import { people } from '#prisma/seed/company/customers-people.ts';
import type { Customer } from '#prisma/seed/company/types.ts';

export const hanamiyaCustomers = { ...people, ...firms } as const;

/** Customers of みなと食品. One person (tanabe's address) writes to both companies: the two must never meet. */
export const minatoCustomers = {
  mTanabe: {
    name: '田邉 浩',
    reading: 'たなべ ひろし',
    address: 'h.tanabe@example.com',
    kind: 'person',
    quote: 'outlook',
  },
  mIwata: {
    name: '岩田 光子',
    reading: 'いわた みつこ',
    address: 'mitsuko.iwata@mail.example.ne.jp',
    kind: 'person',
    charset: 'iso-2022-jp',
    quote: 'gt',
  },
  mKoga: { name: '古賀 慎也', reading: 'こが しんや', address: 'shinya.koga@example.jp', kind: 'person', quote: 'jp' },
  mHoriuchi: {
    name: '堀内 奈々',
    reading: 'ほりうち なな',
    address: 'nana.horiuchi@example.jp',
    kind: 'person',
    quote: 'jp',
  },
  mSuper: {
    name: 'スーパーまるとみ 仕入部 国分',
    reading: 'こくぶ',
    salute: 'スーパーまるとみ\n仕入部 国分 様',
    address: 'kokubu@marutomi.example',
    kind: 'company',
    charset: 'iso-2022-jp',
    quote: 'outlook',
  },
  mPhone: {
    name: '',
    reading: 'なかじま',
    salute: '中島 様',
    address: 'umi.no.oto@docomo.example.ne.jp',
    kind: 'person',
    charset: 'shift_jis',
  },
  mOgata: {
    name: '緒方 聡',
    reading: 'おがた さとし',
    address: 'satoshi.ogata@example.com',
    kind: 'person',
    quote: 'jp',
  },
} as const satisfies Record<string, Customer>;

export const customers = { ...hanamiyaCustomers, ...minatoCustomers } as const;
export type CustomerKey = keyof typeof customers;
