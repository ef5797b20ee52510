import { createHash } from 'node:crypto';
import { ownMessageIdIn } from '#lib/inbound/own-id.ts';
import type { ReadMail } from '#lib/inbound/read-raw.ts';
import { isCarrierAddress } from '#lib/mail/carrier-address.ts';
import { caseNumberIn, orderNumbersIn } from '#lib/mail/order-number.ts';
import { tokensIn } from '#lib/mail/plus-address.ts';
import { splitQuote } from '#lib/mail/quote.ts';
import { isReplySubject, normaliseSubject } from '#lib/mail/subject.ts';
import { caseOfToken } from '#lib/outbox/case-token.ts';

/** What a mail says about the conversation it belongs to, from the surest to the weakest. */
export type Clues = {
  /** Uuids of messages of ours that it answers, the nearest first. */
  ours: string[];
  /** The number of the case whose address it was written to. */
  token: number | null;
  /** Ids it refers to, the nearest first. */
  parents: string[];
  /** The number of a case in its subject. */
  number: number | null;
  orders: string[];
  /** Keys of `subject and sender`: by those it finds, and those by which later mails find it. */
  subjects: string[];
};

/** Ids of one mail that are looked up: the nearest, and the root of the thread. */
const NEAREST = 40;
const OLDEST = 5;
/** The longest id an index can hold, octets. */
const LONGEST_ID = 900;

/** The ids a mail refers to, its parent first, then older ones; a header of thousands gives the telling ones. */
export function parentIds({ inReplyTo, references }: ReadMail['parsed']): string[] {
  const nearest = [...inReplyTo.slice(0, 10), ...references.slice(-NEAREST).reverse()];
  const all = [...nearest, ...references.slice(0, OLDEST)];
  return [...new Set(all)].filter((id) => Buffer.byteLength(id) <= LONGEST_ID);
}

/** Reads a mail's clues; pure but for the keys that sign ours. */
export function cluesOf(mail: ReadMail, owner: { tenantId: string; mailboxId: string }): Clues {
  const parents = parentIds(mail.parsed);
  const tokens = tokensIn(mail.parsed).map((token) => caseOfToken(owner, token));
  return {
    ours: parents.map((id) => ownMessageIdIn(id, owner)).filter((uuid) => uuid !== null),
    token: tokens.find((number) => number !== null) ?? null,
    parents,
    ...weakClues(mail),
  };
}

// What anybody can write tells only of a person's own mail; a form's mails all look alike.
function weakClues(mail: ReadMail): Pick<Clues, 'number' | 'orders' | 'subjects'> {
  const { class: kind } = mail.classification;
  if (mail.form || (kind !== 'human' && kind !== 'thanks')) return { number: null, orders: [], subjects: [] };
  const { subject } = mail.parsed;
  return { number: caseNumberIn(subject), orders: orderKeys(mail), subjects: subjectsOf(mail) };
}

/** The order numbers that lead to a mail's conversation from now on: as labelled in subject and own words, or by a form. */
export function orderKeys({ parsed, form }: ReadMail): string[] {
  const fields = form?.fields.filter(({ field }) => field === 'order').map(({ value }) => `注文番号 ${value}`) ?? [];
  const own = form ? '' : splitQuote(parsed.text.slice(0, 20_000)).own;
  return orderNumbersIn([...fields, parsed.subject, own].join('\n'));
}

// An answer by its subject. An old phone's short answer often has no subject left: then the sender alone.
function subjectsOf({ parsed, writer }: ReadMail): string[] {
  if (!writer) return [];
  const about = normaliseSubject(parsed.subject);
  if (about !== '') return isReplySubject(parsed.subject) ? [subjectKey(about, writer.address)] : [];
  const short = isCarrierAddress(writer.address) && parsed.text.length <= 500;
  return short ? [anySubjectKey(writer.address)] : [];
}

/** The keys by which later mails of the same sender find this one by subject. */
export function subjectKeys({ parsed, writer }: ReadMail): string[] {
  if (!writer) return [];
  const about = normaliseSubject(parsed.subject);
  const keys = about === '' ? [] : [subjectKey(about, writer.address)];
  return isCarrierAddress(writer.address) ? [...keys, anySubjectKey(writer.address)] : keys;
}

// Hashed: a subject may be longer than an index bears, and an address needn't stand in one more table.
const subjectKey = (about: string, address: string): string => hash(`${about.toLowerCase()}\n${address.toLowerCase()}`);
const anySubjectKey = (address: string): string => hash(`\n${address.toLowerCase()}`);
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');
