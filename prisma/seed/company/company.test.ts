import { createRequire } from 'node:module';
import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sampleFile } from '#prisma/seed/company/attachments.ts';
import { type CustomerKey, customers } from '#prisma/seed/company/customers.ts';
import { momentOf, seedDayOf } from '#prisma/seed/company/days.ts';
import { freshMail, freshMails } from '#prisma/seed/company/fresh.ts';
import { companies, companiesOn } from '#prisma/seed/company/index.ts';
import { groups, type MailboxKey, type MemberKey, mailboxes, members } from '#prisma/seed/company/people.ts';
import { mailOf, type Previous } from '#prisma/seed/company/post.ts';
import { rawMail } from '#prisma/seed/company/raw-mail.ts';
import type { Company, MailStep, Story } from '#prisma/seed/company/types.ts';
import signIns from '#prisma/seed/sign-ins.json' with { type: 'json' };

type Parsed = {
  subject?: string;
  text?: string;
  html?: string | false;
  from?: { value: { name: string; address: string }[] };
  attachments: { filename?: string; content: Buffer }[];
};
const { simpleParser } = createRequire(import.meta.url)('mailparser') as {
  simpleParser: (raw: Buffer) => Promise<Parsed>;
};

/** A week of seed days, so that every weekday is the seed's day once, with a new year and a leap day in reach. */
const week = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22'];
const days = [...week, '2027-01-04', '2028-03-01', seedDayOf(new Date())];
const day = '2026-11-21';
const [hanamiya, minato] = companiesOn(day) as [Company, Company];
const mailsOf = (company: Company) =>
  company.stories.flatMap((story) => story.steps).filter((step) => step.do === 'mail');
const repliesOf = (company: Company) =>
  company.stories.flatMap((story) => story.steps).filter((step) => step.do === 'reply');

/** Status and assignee at the end of a story, by domain.md 2 as far as a script can tell. */
function stateOf(story: Story): { status: string; assignee: MemberKey | undefined } {
  let status = '新着';
  let assignee: MemberKey | undefined;
  for (const step of story.steps) {
    if (
      step.do === 'mail' &&
      !step.automatic &&
      step !== story.steps[0] &&
      (status === '対応終了' || status === '保留')
    )
      status = '対応中';
    if (step.do === 'claim') [status, assignee] = ['対応中', step.by];
    if (step.do === 'assign') [status, assignee] = ['対応中', step.to];
    if (step.do === 'reply') {
      status = { done: '対応終了', doing: '対応中', hold: '保留' }[step.then];
      assignee ??= step.by;
    }
    if (step.do === 'hold') status = '保留';
    if (step.do === 'end') status = '対応終了';
    if (step.do === 'reopen') status = '対応中';
  }
  return { status, assignee };
}

describe('the sample company', () => {
  it('has keys that resolve, members who see the 窓口 they work in, and sign-ins that exist', () => {
    for (const company of companies) {
      expect(new Set(company.stories.map((story) => story.key)).size).toBe(company.stories.length);
      const visible = (member: MemberKey): MailboxKey[] =>
        company.members.find((one) => one.member === member)?.groups.flatMap((key) => [...groups[key].mailboxes]) ?? [];
      for (const story of company.stories) {
        expect(company.mailboxes).toContain(story.mailbox);
        for (const step of story.steps) {
          if (step.do === 'mail') expect(company.customers, story.key).toContain(step.from);
          else expect(visible(step.by), `${story.key}: ${step.by}`).toContain(story.mailbox);
          if (step.do === 'assign') expect(visible(step.to), story.key).toContain(story.mailbox);
        }
      }
    }
    const emails = Object.values(members).map((member) => member.email as string);
    for (const { email } of signIns) expect(emails).toContain(email);
    for (const { address } of Object.values(mailboxes)) expect(address).toMatch(/\.example$/);
    for (const { address } of Object.values(customers))
      expect(address).toMatch(/(\.example|@example\.(jp|com|ne\.jp)|\.example\.ne\.jp)$/);
  });

  it.each(days)('runs in order, in the past 60 days, seen from %s', (seedDay) => {
    const [from, to] = [momentOf('D-60 00:00', seedDay), momentOf('D-0 09:00', seedDay)];
    for (const company of companiesOn(seedDay))
      for (const story of company.stories) {
        let before = from;
        for (const step of story.steps) {
          expect(step.at, story.key).toMatch(/^D-\d+ \d\d:\d\d$/);
          const at = momentOf(step.at, seedDay);
          expect(at >= before, `${story.key} at ${step.at}`).toBe(true);
          expect(at < to, `${story.key} at ${step.at}`).toBe(true);
          before = at;
          if (step.do !== 'mail')
            expect(at.getUTCDay() % 6, `${story.key}: work on a weekend at ${step.at}`).not.toBe(0);
          if (step.do === 'hold' && step.until) expect(momentOf(step.until, seedDay) > at).toBe(true);
          if ('text' in step) expect(step.text, story.key).not.toMatch(/[{}]/);
        }
      }
  });

  it('is as large and as mixed as asked', () => {
    const mails = mailsOf(hanamiya);
    expect(mails.length + repliesOf(hanamiya).length).toBeGreaterThanOrEqual(290);
    expect(mailsOf(minato).length + repliesOf(minato).length).toBeGreaterThanOrEqual(20);
    expect(
      new Set(mails.map((step) => step.from).filter((key) => customers[key].kind !== 'notice')).size,
    ).toBeGreaterThanOrEqual(38);
    const share = (charset: string) => mails.filter((step) => step.charset === charset).length / mails.length;
    expect(share('iso-2022-jp')).toBeGreaterThan(0.28);
    expect(share('iso-2022-jp')).toBeLessThan(0.42);
    expect(share('shift_jis')).toBeGreaterThan(0.07);
    expect(share('shift_jis')).toBeLessThan(0.15);
    for (const story of minato.stories) stateOf(story);
    const count = (status: string) => hanamiya.stories.filter((story) => stateOf(story).status === status).length;
    expect(count('新着')).toBe(13);
    expect(count('対応中')).toBe(15);
    expect(count('保留')).toBe(6);
    const texts = [...mails, ...repliesOf(hanamiya)].map((step) => step.text);
    expect(new Set(texts).size).toBe(texts.length);
    const onMonday = mails.filter((step) => momentOf(step.at, day).getUTCDay() === 1).length;
    expect(onMonday / mails.length).toBeGreaterThan(0.2);
  });

  it('answers within the hours of the 窓口', () => {
    for (const company of [hanamiya, minato])
      for (const story of company.stories)
        for (const step of story.steps) {
          if (step.do !== 'reply') continue;
          const [from = '', to = ''] = [
            mailboxes[story.mailbox].calendar.hours[0].spans[0][0],
            mailboxes[story.mailbox].calendar.hours[0].spans.at(-1)?.[1],
          ];
          const time = step.at.slice(-5);
          expect(time >= from && time < to, `${story.key} at ${step.at}`).toBe(true);
        }
  });

  it('reads every mail back with the same subject, text, sender and files', async () => {
    for (const company of [hanamiya, minato])
      for (const story of company.stories) {
        let previous: Previous | undefined;
        for (const [i, step] of story.steps.entries()) {
          const date = momentOf(step.at, day);
          if (step.do === 'reply')
            previous = {
              messageId: `<r${i}.${story.key}@hanamiya.example>`,
              references: [],
              date,
              from: 'はなみや商店',
              address: mailboxes[story.mailbox].address,
              subject: 'Re: 件名',
              text: step.text,
            };
          if (step.do !== 'mail') continue;
          await expectReadable(step, story, {
            messageId: `<m${i}.${story.key}@mail.example>`,
            date,
            ...(previous ? { previous } : {}),
          });
        }
      }
  });

  it('gives twelve fresh mails in turn', async () => {
    const now = new Date('2026-11-21T03:00:00Z');
    expect(freshMails).toHaveLength(12);
    for (let n = 0; n < 13; n++) {
      const fresh = freshMail(n, now);
      expect((await simpleParser(fresh.raw)).subject).toBe(freshMails[n % 12]?.step.subject);
    }
  });

  it('attaches files that are what they say', () => {
    expect(sampleFile('pdf', 'a.pdf').toString('latin1')).toMatch(/^%PDF-1\.4[\s\S]*startxref\n\d+\n%%EOF\n$/);
    const png = sampleFile('png', 'a.png');
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([160, 120]);
    const size = png.readUInt32BE(33);
    expect(inflateSync(png.subarray(41, 41 + size))).toHaveLength((160 * 3 + 1) * 120);
    const jpg = sampleFile('jpg', 'a.jpg');
    expect([jpg.readUInt16BE(0), jpg.readUInt16BE(jpg.length - 2)]).toEqual([0xffd8, 0xffd9]);
    expect(sampleFile('jpg', 'a.jpg')).toEqual(jpg);
  });
});

async function expectReadable(
  step: MailStep,
  story: Story,
  envelope: { messageId: string; date: Date; previous?: Previous },
) {
  const mail = mailOf(step, story.mailbox, envelope);
  const raw = rawMail(mail);
  const head = raw.toString('latin1').split('\r\n\r\n')[0] ?? '';
  expect(/[^\x20-\x7e\r\n]/.test(head), `${story.key}: 8-bit header`).toBe(false);
  expect(/(^|[^\r])\n/.test(raw.toString('latin1')), `${story.key}: bare LF`).toBe(false);
  for (const line of head.split('\r\n')) expect(line.length).toBeLessThanOrEqual(200);
  if (mail.charset === 'iso-2022-jp' && !mail.html) expect(raw.every((byte) => byte < 0x80)).toBe(true);
  const parsed = await simpleParser(raw);
  expect(parsed.subject).toBe(mail.subject);
  expect(parsed.text?.replace(/\r\n/g, '\n').trimEnd()).toBe(mail.text.trimEnd());
  expect(parsed.from?.value[0]?.name).toBe(mail.from.name);
  const key: CustomerKey = step.from;
  if (step.via !== 'form') expect(parsed.from?.value[0]?.address).toBe(customers[key].address);
  expect(parsed.attachments.map((file) => file.filename)).toEqual(mail.attachments?.map((file) => file.filename));
  if (mail.html) expect(parsed.html).toBeTruthy();
}
