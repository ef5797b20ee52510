import { type CustomerKey, hanamiyaCustomers, minatoCustomers } from '#prisma/seed/company/customers.ts';
import { type Day, seedDayOf, settleAt, settleDates } from '#prisma/seed/company/days.ts';
import { formSender, hanamiyaMembers, minatoMembers } from '#prisma/seed/company/people.ts';
import { complaints } from '#prisma/seed/company/stories/complaints.ts';
import { defects } from '#prisma/seed/company/stories/defects.ts';
import { delivery } from '#prisma/seed/company/stories/delivery.ts';
import { everyday } from '#prisma/seed/company/stories/everyday.ts';
import { forms } from '#prisma/seed/company/stories/forms.ts';
import { held } from '#prisma/seed/company/stories/held.ts';
import { invoices } from '#prisma/seed/company/stories/invoices.ts';
import { minato } from '#prisma/seed/company/stories/minato.ts';
import { notices } from '#prisma/seed/company/stories/notices.ts';
import { untouched } from '#prisma/seed/company/stories/open.ts';
import { orders } from '#prisma/seed/company/stories/orders.ts';
import { questions } from '#prisma/seed/company/stories/questions.ts';
import { quotations } from '#prisma/seed/company/stories/quotations.ts';
import { returns } from '#prisma/seed/company/stories/returns.ts';
import { working } from '#prisma/seed/company/stories/working.ts';
import type { Company, Step, Story } from '#prisma/seed/company/types.ts';

export { momentOf, seedDayOf } from '#prisma/seed/company/days.ts';

function settleStep(step: Step, day: Day): Step {
  const at = settleAt(step.at, day);
  if (step.do === 'mail')
    return {
      ...step,
      at,
      subject: settleDates(step.subject, day),
      text: settleDates(step.text, day),
      ...(step.html ? { html: settleDates(step.html, day) } : {}),
    };
  if (step.do === 'reply' || step.do === 'comment') return { ...step, at, text: settleDates(step.text, day) };
  if (step.do === 'hold' && step.until) return { ...step, at, until: settleAt(step.until, day) };
  return { ...step, at };
}

const settle = (stories: Story[], day: Day): Story[] =>
  stories.map((story) => ({ ...story, steps: story.steps.map((step) => settleStep(step, day)) }));

/** Both sample companies as they stand on one day (Asia/Tokyo): every `at` is 'D-n HH:MM', every date in a text is that day's. */
export function companiesOn(day: Day): Company[] {
  return [
    {
      key: 'hanamiya',
      slug: 'hanamiya',
      name: 'はなみや商店',
      formSender,
      members: hanamiyaMembers,
      groups: ['cs', 'haiso', 'houjinSales', 'kanri'],
      mailboxes: ['support', 'order', 'houjin'],
      customers: Object.keys(hanamiyaCustomers) as CustomerKey[],
      stories: settle(
        [
          ...orders,
          ...delivery,
          ...returns,
          ...defects,
          ...complaints,
          ...invoices,
          ...quotations,
          ...questions,
          ...forms,
          ...notices,
          ...everyday,
          ...working,
          ...held,
          ...untouched,
        ],
        day,
      ),
    },
    {
      key: 'minato',
      slug: 'minato-foods',
      name: 'みなと食品',
      members: minatoMembers,
      groups: ['soudan'],
      mailboxes: ['minato'],
      customers: Object.keys(minatoCustomers) as CustomerKey[],
      stories: settle(minato, day),
    },
  ];
}

export const companies = companiesOn(seedDayOf(new Date()));
