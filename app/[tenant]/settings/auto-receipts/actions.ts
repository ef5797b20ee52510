'use server';

import { memberAction, memberDeed } from '#app/_entry/action.ts';
import { textUpTo, version } from '#app/_entry/fields.ts';
import { idFrom } from '#app/_entry/input.ts';
import { type ReceiptInput, receiptInput } from '#lib/autoreceipts/input.ts';
import * as settings from '#lib/autoreceipts/settings.ts';
import type { ActionResult } from '#lib/conversations/shapes.ts';

type Words = { subject: string; text: string };

/** Saves a 窓口's automatic receipt. */
export const saveReceipt = async (
  tenant: string,
  mailboxId: string,
  seen: number,
  input: ReceiptInput,
): Promise<ActionResult> =>
  memberDeed(tenant, (scope) =>
    settings.saveReceipt(scope, idFrom(mailboxId), version.parse(seen), receiptInput.parse(input)),
  );

/** 再開する: after the fuse blew. */
export const resumeReceipts = async (tenant: string, mailboxId: string): Promise<ActionResult> =>
  memberDeed(tenant, (scope) => settings.resumeReceipts(scope, idFrom(mailboxId)));

/** Its words as a customer of this name would read them. */
export const previewReceipt = async (
  tenant: string,
  mailboxId: string,
  words: Words & { customerName: string },
): Promise<ActionResult<Words>> =>
  memberAction(tenant, (scope) => {
    const { subject, text, customerName } = words ?? {};
    return settings.previewReceipt(scope, idFrom(mailboxId), {
      subject: textUpTo(300).parse(subject),
      text: textUpTo(20_000).parse(text),
      customerName: textUpTo(200).parse(customerName),
    });
  });
