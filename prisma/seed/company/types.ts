import type { CustomerKey } from '#prisma/seed/company/customers.ts';
import type { CompanyKey, GroupKey, MailboxKey, MemberKey } from '#prisma/seed/company/people.ts';

/**
 * When something happens, counted back from the seed's day in Asia/Tokyo. The forms in the scripts:
 * 'B-12 10:32' the twelfth weekday (Mon-Fri) before the seed's day; 'B-12~ 21:15' the calendar day before that one (a Sunday, if it is a Monday);
 * 'M-3 10:32' the third Monday before, 'M-3+1 9:00' the day after it; 'D-12 10:32' twelve calendar days before. `companiesOn` turns all of them into the last form. D-0 only before 09:00: nothing lies in the future.
 */
export type At = string;

export type Charset = 'utf-8' | 'iso-2022-jp' | 'shift_jis';
export type AttachmentKind = 'pdf' | 'png' | 'jpg' | 'txt';
export type SampleAttachment = { filename: string; contentType: string; kind: AttachmentKind };

export type MailStep = {
  at: At;
  do: 'mail';
  from: CustomerKey;
  to?: MailboxKey;
  /** Empty in a script's follow-up: the story fills in Re: and the first subject. */
  subject: string;
  text: string;
  html?: string;
  charset?: Charset;
  attachments?: SampleAttachment[];
  /** The mail carries our previous answer below its text, in the customer's own quote style. */
  quotePrevious?: boolean;
  /** No In-Reply-To and References, as old phones do. */
  newThread?: boolean;
  headers?: Record<string, string>;
  /** Sent by the shop's own form: From: the shop's no-reply address, Reply-To: the customer. */
  via?: 'form';
  /** Machine mail: the product must not count it as a customer's message. */
  automatic?: boolean;
};

export type Step =
  | MailStep
  | { at: At; do: 'claim'; by: MemberKey }
  | { at: At; do: 'assign'; by: MemberKey; to: MemberKey }
  | { at: At; do: 'reply'; by: MemberKey; text: string; then: 'done' | 'doing' | 'hold'; cc?: string[] }
  | { at: At; do: 'comment'; by: MemberKey; text: string }
  | { at: At; do: 'hold'; by: MemberKey; for: 'customer' | 'inside'; until?: At }
  | { at: At; do: 'end'; by: MemberKey; noAnswer?: boolean }
  | { at: At; do: 'reopen'; by: MemberKey };

export type Story = { key: string; mailbox: MailboxKey; steps: Step[] };

export type Role = 'viewer' | 'agent' | 'supervisor' | 'manager' | 'admin';
export type Member = { name: string; reading: string; email: string };
export type Membership = { member: MemberKey; roles: Role[]; groups: GroupKey[]; note: string };
/** Weekdays as in Date#getDay (0 = Sunday); spans are [from, to[ in the tenant's zone. */
export type Hours = { weekdays: number[]; spans: [from: string, to: string][] };
export type Mailbox = {
  name: string;
  address: string;
  calendar: { name: string; zone: 'Asia/Tokyo'; closedOnHolidays: boolean; hours: Hours[] };
  signature: string;
};
export type Group = { name: string; mailboxes: MailboxKey[] };

export type Customer = {
  /** Display name in the From header; '' when the customer sends none. */
  name: string;
  address: string;
  reading?: string;
  /** The line our answers begin with, when it is not just family name + 様. */
  salute?: string;
  kind: 'person' | 'company' | 'notice';
  charset?: Charset;
  quote?: 'gt' | 'jp' | 'outlook' | 'double';
  signature?: string;
  /** Plain text wrapped after so many full-width characters, as older mail programs do. */
  wrap?: number;
  mailer?: string;
};

export type Company = {
  key: CompanyKey;
  slug: string;
  name: string;
  /** Address of the shop's own form; only the first company has one. */
  formSender?: { name: string; address: string };
  members: Membership[];
  groups: GroupKey[];
  mailboxes: MailboxKey[];
  customers: CustomerKey[];
  stories: Story[];
};
