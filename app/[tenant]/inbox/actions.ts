'use server';

import { memberAction, memberDeed } from '#app/_entry/action.ts';
import { idFrom } from '#app/_entry/input.ts';
import * as input from '#app/[tenant]/inbox/input.ts';
import { distrustImageSender, trustImageSender } from '#lib/attachments/image-trust.ts';
import { assignConversation } from '#lib/conversations/assign.ts';
import { claimConversation } from '#lib/conversations/claim.ts';
import { addComment as comment } from '#lib/conversations/comment.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation } from '#lib/conversations/hold.ts';
import { reclassifyMessage, takeUpThanks as takeUp } from '#lib/conversations/reclassify.ts';
import { resumeConversation } from '#lib/conversations/resume.ts';
import type { ActionResult, ReplyInput, SentReply } from '#lib/conversations/shapes.ts';
import { confirmThanks as confirm } from '#lib/conversations/thanks.ts';
import { undoReclassify as undoReclassified } from '#lib/conversations/undo-reclassify.ts';
import { cancelDelivery as cancel } from '#lib/outbox/cancel.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { resolveUncertain as resolve } from '#lib/outbox/resolve.ts';

// What the inbox's buttons do: each is one verb, as a member of this company. The types are what our own screen sends;
// anybody may call an action with anything, so each argument is checked.
type Done = Promise<ActionResult>;

export const claim = async (tenant: string, id: string): Done =>
  memberDeed(tenant, (scope) => claimConversation(scope, idFrom(id)));

export const assign = async (tenant: string, id: string, memberId: string | null): Done =>
  memberDeed(tenant, (scope) => assignConversation(scope, idFrom(id), { memberId: input.assignee.parse(memberId) }));

export const hold = async (
  tenant: string,
  id: string,
  how: { for: 'customer' | 'inside'; until: string | null },
): Done => memberDeed(tenant, (scope) => holdConversation(scope, idFrom(id), input.holdInput.parse(how)));

export const end = async (tenant: string, id: string, how: { noAnswer: boolean }): Done =>
  memberDeed(tenant, (scope) => endConversation(scope, idFrom(id), input.endInput.parse(how)));

export const resume = async (tenant: string, id: string): Done =>
  memberDeed(tenant, (scope) => resumeConversation(scope, idFrom(id)));

export const takeUpThanks = async (tenant: string, id: string): Done =>
  memberDeed(tenant, (scope) => takeUp(scope, idFrom(id)));

export const confirmThanks = async (tenant: string, id: string, how: { confirmed: boolean }): Done =>
  memberDeed(tenant, (scope) => confirm(scope, idFrom(id), input.thanksInput.parse(how)));

export const reclassify = async (tenant: string, messageId: string, how: { as: 'human' | 'auto' }): Done =>
  memberDeed(tenant, (scope) => reclassifyMessage(scope, idFrom(messageId), input.reclassifyInput.parse(how)));

export const undoReclassify = async (tenant: string, messageId: string): Done =>
  memberDeed(tenant, (scope) => undoReclassified(scope, idFrom(messageId)));

export const addComment = async (tenant: string, id: string, what: { clientId: string; text: string }): Done =>
  memberDeed(tenant, (scope) => comment(scope, idFrom(id), input.commentInput.parse(what)));

export const sendReply = async (tenant: string, id: string, reply: ReplyInput): Promise<ActionResult<SentReply>> =>
  memberAction(tenant, (scope) => replyToConversation(scope, idFrom(id), input.replyInput.parse(reply)));

export const cancelDelivery = async (tenant: string, deliveryId: string): Done =>
  memberDeed(tenant, (scope) => cancel(scope, idFrom(deliveryId)));

export const resolveUncertain = async (
  tenant: string,
  deliveryId: string,
  how: { answer: 'arrived' | 'resend' },
): Done => memberDeed(tenant, (scope) => resolve(scope, idFrom(deliveryId), input.uncertainAnswer.parse(how)));

export const trustImages = async (tenant: string, messageId: string): Done =>
  memberDeed(tenant, (scope) => trustImageSender(scope, idFrom(messageId)));

export const distrustImages = async (tenant: string, messageId: string): Done =>
  memberDeed(tenant, (scope) => distrustImageSender(scope, idFrom(messageId)));
