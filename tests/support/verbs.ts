import { distrustImageSender, trustImageSender } from '#lib/attachments/image-trust.ts';
import { openAttachment, openInline, openRaw } from '#lib/attachments/open.ts';
import { assignConversation } from '#lib/conversations/assign.ts';
import { claimConversation } from '#lib/conversations/claim.ts';
import { addComment } from '#lib/conversations/comment.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation } from '#lib/conversations/hold.ts';
import { readMailHtml } from '#lib/conversations/mail-content.ts';
import { readMailSource } from '#lib/conversations/mail-source.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { markRead } from '#lib/conversations/read-mark.ts';
import { reclassifyMessage, takeUpThanks } from '#lib/conversations/reclassify.ts';
import { rereadMail } from '#lib/conversations/reread.ts';
import { resumeConversation } from '#lib/conversations/resume.ts';
import { confirmThanks } from '#lib/conversations/thanks.ts';
import { undoReclassify } from '#lib/conversations/undo-reclassify.ts';
import type { Scope } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { cancelDelivery } from '#lib/outbox/cancel.ts';
import { discardDraft, saveDraft } from '#lib/outbox/draft.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { resolveUncertain } from '#lib/outbox/resolve.ts';
import type { Lived } from '#tests/support/lived.ts';

const address = [{ name: '', address: 'taro@example.com' }];
const words = { quote: String, linkTo: String };
const draft = { clientId: newId(), to: address, cc: [], subject: 'x', text: 'x', seenContentSeq: 99, version: 0 };
/** Every verb that takes an id, with the id of somebody else's thing. */
export const VERBS: [string, (scope: Scope, ids: Lived) => Promise<unknown>][] = [
  ['readConversation', (s, ids) => readConversation(s, ids.conversationId)],
  ['readMailHtml', (s, ids) => readMailHtml(s, ids.messageId, { words })],
  ['rereadMail', (s, ids) => rereadMail(s, ids.messageId, 'shift_jis')],
  ['readMailSource', (s, ids) => readMailSource(s, ids.messageId)],
  ['trustImageSender', (s, ids) => trustImageSender(s, ids.messageId)],
  ['distrustImageSender', (s, ids) => distrustImageSender(s, ids.messageId)],
  ['openAttachment', (s, ids) => openAttachment(s, ids.attachmentId)],
  ['openInline', (s, ids) => openInline(s, ids.messageId, 'logo@shop')],
  ['openRaw', (s, ids) => openRaw(s, ids.messageId)],
  ['markRead', (s, ids) => markRead(s, ids.conversationId, 1)],
  ['claimConversation', (s, ids) => claimConversation(s, ids.conversationId)],
  ['assignConversation', (s, ids) => assignConversation(s, ids.conversationId, { memberId: null })],
  ['addComment', (s, ids) => addComment(s, ids.conversationId, { clientId: newId(), text: 'x' })],
  ['endConversation', (s, ids) => endConversation(s, ids.conversationId, { noAnswer: true })],
  ['holdConversation', (s, ids) => holdConversation(s, ids.conversationId, { for: 'customer', until: null })],
  ['resumeConversation', (s, ids) => resumeConversation(s, ids.conversationId)],
  ['takeUpThanks', (s, ids) => takeUpThanks(s, ids.conversationId)],
  ['confirmThanks', (s, ids) => confirmThanks(s, ids.conversationId, { confirmed: true })],
  ['reclassifyMessage', (s, ids) => reclassifyMessage(s, ids.messageId, { as: 'auto' })],
  ['undoReclassify', (s, ids) => undoReclassify(s, ids.messageId)],
  ['saveDraft', (s, ids) => saveDraft(s, ids.conversationId, draft)],
  ['discardDraft', (s, ids) => discardDraft(s, ids.conversationId)],
  ['replyToConversation', (s, ids) => replyToConversation(s, ids.conversationId, { ...draft, thenStatus: 'done' })],
  ['cancelDelivery', (s, ids) => cancelDelivery(s, ids.deliveryId)],
  ['resolveUncertain', (s, ids) => resolveUncertain(s, ids.deliveryId, { answer: 'resend' })],
];
