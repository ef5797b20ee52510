import type { MemberActor } from '#lib/auth/actor.ts';
import { fixedClock } from '#lib/clock.ts';
import { assignConversation } from '#lib/conversations/assign.ts';
import { claimConversation } from '#lib/conversations/claim.ts';
import { addComment } from '#lib/conversations/comment.ts';
import { endConversation } from '#lib/conversations/end.ts';
import { holdConversation } from '#lib/conversations/hold.ts';
import { readConversation } from '#lib/conversations/read.ts';
import { resumeConversation } from '#lib/conversations/resume.ts';
import { inTenant, type Scope, type ScopeRequest } from '#lib/db/scope.ts';
import { newId } from '#lib/ids.ts';
import { deliverMail } from '#lib/outbox/deliver.ts';
import { fileSent } from '#lib/outbox/file-sent.ts';
import { replyToConversation } from '#lib/outbox/reply.ts';
import { momentOf, seedDayOf } from '#prisma/seed/company/index.ts';
import type { Previous } from '#prisma/seed/company/post.ts';
import type { Mailbox, MailStep, Step } from '#prisma/seed/company/types.ts';
import type { FoundedCompany } from '#prisma/seed/found-company.ts';

type Work = Exclude<Step, MailStep>;
type Sent = Omit<Previous, 'date'>;
type Request = ScopeRequest & { actor: MemberActor };
/** From the click to the server's acceptance, as it is with an undo window of ten seconds. */
const ACCEPTED_AFTER_MS = 12_000;

/** Does what a member does in the story, by the product's own verbs. Returns our answer, if it was one. */
export async function act(
  request: Request,
  id: string,
  step: Work,
  founded: FoundedCompany,
  mailbox: Mailbox,
): Promise<Sent | null> {
  if (step.do === 'reply') return reply(request, id, step, mailbox);
  await inTenant(request, (scope) => DO[step.do](scope, id, step as never, founded));
  return null;
}

type Doing = {
  [K in Exclude<Work['do'], 'reply'>]: (
    scope: Scope,
    id: string,
    step: Extract<Work, { do: K }>,
    founded: FoundedCompany,
  ) => Promise<void>;
};

const DO: Doing = {
  claim: (scope, id) => claimConversation(scope, id),
  assign: (scope, id, step, founded) => assignConversation(scope, id, { memberId: founded.members[step.to] ?? null }),
  comment: (scope, id, step) => addComment(scope, id, { clientId: newId(), text: step.text }),
  hold: (scope, id, step) =>
    holdConversation(scope, id, {
      for: step.for,
      until: step.until ? momentOf(step.until, seedDayOf(new Date())) : null,
    }),
  end: (scope, id, step) => endConversation(scope, id, { noAnswer: step.noAnswer ?? false }),
  reopen: (scope, id) => resumeConversation(scope, id),
};

async function reply(
  request: Request,
  id: string,
  step: Extract<Work, { do: 'reply' }>,
  mailbox: Mailbox,
): Promise<Sent> {
  const text = `${step.text}\n\n${mailbox.signature}`;
  const sent = await inTenant(request, async (scope) => {
    const { replyDefaults, contentSeq } = await readConversation(scope, id);
    const cc = [...replyDefaults.cc, ...(step.cc ?? []).map((address) => ({ name: '', address }))];
    const { to, subject } = replyDefaults;
    const input = { clientId: newId(), to, cc, subject, text, seenContentSeq: contentSeq, thenStatus: step.then };
    return { subject, ...(await replyToConversation(scope, id, input)) };
  });
  const clock = fixedClock(new Date((request.clock?.() ?? new Date()).getTime() + ACCEPTED_AFTER_MS));
  await deliverMail(request.tenantId, sent.deliveryId, { clock, imported: true });
  await fileSent(request.tenantId, sent.deliveryId);
  const headers = await inTenant(request, (scope) =>
    scope.db.message.findFirst({
      where: { tenantId: scope.tenantId, deliveryByMessage: { some: { id: sent.deliveryId } } },
      select: { messageIdHeader: true, references: true },
    }),
  );
  return {
    messageId: headers?.messageIdHeader ?? '',
    references: headers?.references ?? [],
    from: mailbox.name,
    address: mailbox.address,
    subject: sent.subject,
    text,
  };
}
