import { z } from 'zod';
import { holds, requireMay } from '#lib/auth/actor.ts';
import { maskAddress, maskField } from '#lib/conversations/mask.ts';
import type { Scope } from '#lib/db/scope.ts';
import { notFound } from '#lib/errors.ts';
import { patternInput } from '#lib/forms/input.ts';
import { formFields } from '#lib/forms/patterns.ts';
import { type RecentMail, recentMailsOf } from '#lib/forms/recent.ts';
import { type FormReading, readWith } from '#lib/mail/classify/form.ts';
import { type FormField, hasSubject, type ReadField } from '#lib/mail/forms/pattern.ts';
import { readUsualFields } from '#lib/mail/forms/usual.ts';
import { ownAddresses } from '#lib/mailboxes/identity.ts';

/** Mails of the sender a pattern is tried on. */
export const MAILS_TO_TRY = 100;
const LONGEST_SHOWN = 20_000;

/** A pattern that isn't saved yet, and the mail it is shown on: one of the sender's (`mailId`; without, the newest), or a pasted text. */
export const trial = patternInput.pick({ sender: true, subjectContains: true }).extend({
  fields: formFields.or(z.tuple([])),
  mailId: z.uuid().nullable(),
  pasted: z.string().max(50_000).nullable(),
});
export type Trial = z.output<typeof trial>;
export type TrialInput = z.input<typeof trial>;

/** One mail as the pattern reads it; `missing` are the labels that weren't found. `other`: the subject is another form's. */
export type TriedMail = {
  id: string;
  subject: string;
  at: string;
  customer: { name: string; address: string } | null;
  missing: string[];
  other: boolean;
};
/** The mail that is looked at: its text by lines, and which field was read from which of them. */
export type ShownMail = {
  id: string | null;
  text: string;
  fields: ReadField[];
  customer: FormReading['customer'];
  /** Fields the usual labels would find here: a beginning for who writes a new pattern. */
  suggested: FormField[];
};
export type TriedPattern = { shown: ShownMail | null; mails: TriedMail[] };

/**
 * What a pattern would read: on one mail, field by field with its lines, and on the sender's last hundred in the visible 窓口.
 * The same code as at receipt; nothing is saved. Without 個人情報の閲覧 addresses are masked as on the case's page.
 */
export async function tryPattern(scope: Scope, input: Trial): Promise<TriedPattern> {
  requireMay(scope, 'rules.see');
  const own = new Set(await ownAddresses(scope));
  const recent = await recentMailsOf(scope, input.sender, MAILS_TO_TRY);
  const fits = (mail: RecentMail) => hasSubject(input, mail.subject);
  const open = holds(scope.actor, 'pii.view');
  const read = (mail: Readable) => {
    const reading = readWith({ ...input, id: '' }, mail, own);
    return open ? reading : masked(reading);
  };
  const chosen = input.mailId === null ? recent.find(fits) : recent.find(({ id }) => id === input.mailId);
  if (input.mailId !== null && !chosen) throw notFound();
  const looked = input.pasted === null ? chosen : pastedMail(input, input.pasted);
  return {
    shown: looked ? shownMail(looked, read(looked)) : null,
    mails: recent.map((mail) => triedMail(mail, read(mail), input, !fits(mail))),
  };
}

type Readable = Omit<RecentMail, 'id' | 'at'> & { id: string | null };

const pastedMail = ({ sender }: Trial, text: string): Readable => ({
  ...{ id: null, subject: '', text, from: { name: '', address: sender }, replyTo: [], inReplyTo: [], references: [] },
});

const shownMail = ({ id, text }: Readable, { fields, customer }: FormReading): ShownMail => ({
  ...{ id, fields, customer },
  text: text.slice(0, LONGEST_SHOWN),
  suggested: readUsualFields(text).map(({ field, label }) => ({
    field,
    label,
    lines: field === 'body' ? 'many' : 'one',
  })),
});

function triedMail(mail: RecentMail, reading: FormReading, { fields }: Trial, other: boolean): TriedMail {
  const found = new Set(reading.fields.map(({ label }) => label));
  return {
    ...{ id: mail.id, subject: mail.subject, at: mail.at.toISOString(), customer: reading.customer, other },
    missing: fields.map(({ label }) => label).filter((label) => !found.has(label)),
  };
}

function masked(reading: FormReading): FormReading {
  const { customer, fields } = reading;
  return {
    ...reading,
    customer: customer && { name: maskAddress(customer.name), address: maskAddress(customer.address) },
    fields: fields.map((field) => ({ ...field, value: maskField(field, maskAddress) })),
  };
}
