import type { MemberActor } from '#lib/auth/actor.ts';
import { SYSTEM } from '#lib/auth/actor.ts';
import { fixedClock } from '#lib/clock.ts';
import { inTenant, type Scope } from '#lib/db/scope.ts';
import { act } from '#prisma/seed/act.ts';
import { momentOf } from '#prisma/seed/company/index.ts';
import { mailboxes } from '#prisma/seed/company/people.ts';
import { mailOf, type Previous } from '#prisma/seed/company/post.ts';
import { rawMail } from '#prisma/seed/company/raw-mail.ts';
import type { Company, MailStep, Step, Story } from '#prisma/seed/company/types.ts';
import type { FoundedCompany } from '#prisma/seed/found-company.ts';
import { arrive, receiveNow } from '#prisma/seed/inbox.ts';

/** One story while it is played: its last customer mail, our last answer, and whether something waits to be received. */
type Running = { story: Story; lastId: string | null; previous: Previous | null; count: number; unread: boolean };
type Cue = { running: Running; step: Step; at: Date };

/** Plays all stories of a company in the order of time. */
export async function playCompany(
  company: Company,
  founded: FoundedCompany,
  day: string,
  say: (text: string) => void,
): Promise<void> {
  const cues = company.stories.flatMap((story) => {
    const running: Running = { story, lastId: null, previous: null, count: 0, unread: false };
    return story.steps.map((step): Cue => ({ running, step, at: momentOf(step.at, day) }));
  });
  cues.sort((a, b) => a.at.getTime() - b.at.getTime());
  for (const [index, cue] of cues.entries()) {
    if (index % 50 === 0) say(`${index}/${cues.length}`);
    if (cue.step.do === 'mail') await mail(cue, cue.step, founded);
    else await work(cue, cue.step, company, founded);
  }
  const end = cues.at(-1)?.at ?? new Date();
  for (const accountId of Object.values(founded.accounts)) await receiveNow(founded.tenantId, accountId, end);
  say(`${cues.length}/${cues.length}`);
}

async function mail({ running, at }: Cue, step: MailStep, founded: FoundedCompany): Promise<void> {
  const { story, previous } = running;
  running.count += 1;
  running.lastId = `<${story.key}.${running.count}@mail.example.jp>`;
  running.unread = true;
  const envelope = { messageId: running.lastId, date: at, ...(previous ? { previous } : {}) };
  const accountId = founded.accounts[step.to ?? story.mailbox] ?? '';
  await arrive(founded.tenantId, accountId, rawMail(mailOf(step, story.mailbox, envelope)), at);
}

async function work(
  { running, at }: Cue,
  step: Exclude<Step, MailStep>,
  company: Company,
  founded: FoundedCompany,
): Promise<void> {
  const { story, lastId } = running;
  if (running.unread) {
    await receiveNow(founded.tenantId, founded.accounts[story.mailbox] ?? '', at);
    running.unread = false;
  }
  const request = { tenantId: founded.tenantId, clock: fixedClock(at), imported: true };
  const conversationId = await inTenant({ ...request, actor: SYSTEM }, (scope) =>
    conversationOf(scope, founded.mailboxes[story.mailbox] ?? '', lastId ?? ''),
  );
  const actor = actorOf(company, founded, step.by);
  const sent = await act({ ...request, actor }, conversationId, step, founded, mailboxes[story.mailbox]);
  if (sent) running.previous = { ...sent, date: at };
}

async function conversationOf(scope: Scope, mailboxId: string, mailId: string): Promise<string> {
  const key = { tenantId: scope.tenantId, mailboxId, mailId };
  const found = await scope.db.mailReference.findUnique({ where: { tenantId_mailboxId_mailId: key } });
  if (!found) throw new Error(`The sample's mail ${mailId} was not received`);
  return found.conversationId;
}

function actorOf(company: Company, founded: FoundedCompany, key: string): MemberActor {
  const membership = company.members.find(({ member }) => member === key);
  return {
    kind: 'person',
    id: founded.members[key] ?? '',
    name: key,
    roles: membership?.roles ?? [],
    capabilities: {},
  };
}
