import { globSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Action, may, ROLES, type Role } from '#lib/auth/policy.ts';
import { putBlob } from '#lib/blobs/index.ts';
import { newId } from '#lib/ids.ts';
import { builtActions, callAction } from '#tests/e2e/web/actions.ts';
import { type Company, makeCompany } from '#tests/e2e/web/company.ts';
import { signInAs } from '#tests/e2e/web/session.ts';
import { migrateUrl, urls } from '#tests/support/stack.ts';

/**
 * Every page, route and action of the built app as nobody, as a member of another company and as each role (architecture.md
 * 3). What is tested is read from the tree and from the build: a new entry point without a line here fails.
 */
const [base] = urls;

let ours: Company;
let theirs: Company;
const cookie = {} as Record<Role | 'stranger' | 'strangeAdmin', string>;

beforeAll(async () => {
  const put = async (tenantId: string, bytes: Buffer) => (await putBlob(tenantId, bytes)).sha256;
  [ours, theirs] = [await makeCompany(migrateUrl, put), await makeCompany(migrateUrl, put)];
  for (const role of ROLES) cookie[role] = await signInAs(base, ours.email[role]);
  cookie.stranger = await signInAs(base, theirs.email.supervisor);
  cookie.strangeAdmin = await signInAs(base, theirs.email.admin);
});

/** `status`: what who may is answered with, where it isn't 200. */
type Ask = { method?: string; body?: unknown; needs: Action; status?: number };
// Folders that begin with _ are no part of the address.
const files = (pattern: string) =>
  globSync(pattern)
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !file.includes('/_'))
    .sort();

const PAGES: Record<string, { path: (c: Company) => string; needs?: Action }> = {
  'app/[tenant]/page.tsx': { path: (c) => `/${c.slug}` },
  'app/[tenant]/inbox/page.tsx': { path: (c) => `/${c.slug}/inbox`, needs: 'conversation.read' },
  'app/[tenant]/settings/page.tsx': { path: (c) => `/${c.slug}/settings` },
  'app/[tenant]/settings/health/page.tsx': { path: (c) => `/${c.slug}/settings/health`, needs: 'account.see' },
  'app/[tenant]/settings/health/[accountId]/page.tsx': {
    path: (c) => `/${c.slug}/settings/health/${c.account}`,
    needs: 'account.see',
  },
};
const BOXES = 'app/[tenant]/settings/mailboxes';
for (const [file, path] of [
  ['page.tsx', () => ''],
  ['new/page.tsx', () => '/new'],
  ['[id]/page.tsx', (c) => `/${c.seenMailbox}`],
  ['[id]/accounts/new/page.tsx', (c) => `/${c.seenMailbox}/accounts/new`],
  ['[id]/accounts/[accountId]/page.tsx', (c) => `/${c.seenMailbox}/accounts/${c.account}`],
] as [string, (c: Company) => string][])
  PAGES[`${BOXES}/${file}`] = { path: (c) => `/${c.slug}/settings/mailboxes${path(c)}`, needs: 'account.edit' };
PAGES['app/[tenant]/settings/forms/page.tsx'] = { path: (c) => `/${c.slug}/settings/forms`, needs: 'rules.see' };
PAGES['app/[tenant]/settings/forms/new/page.tsx'] = {
  path: (c) => `/${c.slug}/settings/forms/new`,
  needs: 'rules.edit',
};
PAGES['app/[tenant]/settings/auto-receipts/page.tsx'] = {
  path: (c) => `/${c.slug}/settings/auto-receipts`,
  needs: 'rules.see',
};
PAGES['app/[tenant]/settings/auto-receipts/[mailbox]/page.tsx'] = {
  path: (c) => `/${c.slug}/settings/auto-receipts/${c.seenMailbox}`,
  needs: 'rules.see',
};
PAGES['app/[tenant]/settings/forms/[id]/page.tsx'] = {
  path: (c) => `/${c.slug}/settings/forms/${c.formPattern}`,
  needs: 'rules.see',
};
/** Pages outside any company. */
const OPEN_PAGES = ['app/(auth)/sign-in/page.tsx', 'app/page.tsx'];

const T = 'app/api/t/[tenant]';
const draft = () => ({ clientId: newId(), to: [], cc: [], subject: 's', text: 't', seenContentSeq: 1, version: 0 });
/** A mail account whose servers nobody answers at. */
const unreachable = () => ({
  ...{ mailboxId: newId(), address: 'a@example.jp', imapUser: 'u', imapPassword: 'p' },
  ...{ imapHost: '127.0.0.1', imapPort: 1, imapSecurity: 'none' },
  ...{ smtpHost: '127.0.0.1', smtpPort: 1, smtpSecurity: 'none' },
});
const ROUTES: Record<string, { path: (c: Company) => string; asks: Ask[] }> = {
  [`${T}/shell/route.ts`]: { path: () => '/shell', asks: [{ needs: 'conversation.read' }] },
  [`${T}/counts/route.ts`]: { path: () => '/counts', asks: [{ needs: 'conversation.read' }] },
  [`${T}/conversations/route.ts`]: { path: () => '/conversations?view=new', asks: [{ needs: 'conversation.read' }] },
  [`${T}/conversations/[id]/route.ts`]: {
    path: (c) => `/conversations/${c.conversation}`,
    asks: [{ needs: 'conversation.read' }],
  },
  [`${T}/conversations/[id]/read/route.ts`]: {
    path: (c) => `/conversations/${c.conversation}/read`,
    asks: [{ method: 'POST', body: { contentSeq: 1 }, needs: 'conversation.read' }],
  },
  [`${T}/conversations/[id]/draft/route.ts`]: {
    path: (c) => `/conversations/${c.conversation}/draft`,
    asks: [
      { method: 'PUT', body: draft(), needs: 'conversation.reply' },
      { method: 'DELETE', needs: 'conversation.reply' },
    ],
  },
  [`${T}/mail-content/[id]/route.ts`]: {
    path: (c) => `/mail-content/${c.message}`,
    asks: [{ needs: 'conversation.read' }],
  },
  [`${T}/mail-content/[id]/cid/[cid]/route.ts`]: {
    path: (c) => `/mail-content/${c.message}/cid/${encodeURIComponent(c.contentId)}`,
    asks: [{ needs: 'conversation.read' }],
  },
  [`${T}/mail-image/route.ts`]: {
    // It answers 200 only with a host on the Internet behind it; mail-pictures.test.ts asks it as everybody.
    path: (c) => `/mail-image?m=${c.message}&u=x&s=x`,
    asks: [],
  },
  [`${T}/messages/[id]/reading/route.ts`]: {
    path: (c) => `/messages/${c.message}/reading?charset=shift_jis`,
    asks: [{ needs: 'conversation.read' }],
  },
  [`${T}/messages/[id]/source/route.ts`]: {
    path: (c) => `/messages/${c.message}/source`,
    asks: [{ needs: 'conversation.work' }],
  },
  [`${T}/attachments/[id]/route.ts`]: {
    path: (c) => `/attachments/${c.attachment}`,
    asks: [{ needs: 'conversation.read' }],
  },
  // The original shows every address: it takes pii.view, which the roles that work bring (domain.md 3).
  [`${T}/messages/[id]/raw/route.ts`]: {
    path: (c) => `/messages/${c.message}/raw`,
    asks: [{ needs: 'conversation.work' }],
  },
  [`${T}/accounts/test/route.ts`]: {
    path: () => '/accounts/test',
    asks: [
      {
        ...{ method: 'POST', needs: 'account.edit' as const },
        body: { account: unreachable(), existing: null, save: false, mail: false },
      },
    ],
  },
  [`${T}/quarantine/[id]/route.ts`]: { path: (c) => `/quarantine/${c.unreadable}`, asks: [{ needs: 'account.edit' }] },
  [`${T}/accounts/[id]/oauth/start/route.ts`]: {
    path: (c) => `/accounts/${c.googleAccount}/oauth/start?provider=google`,
    asks: [{ needs: 'account.edit', status: 303 }],
  },
  [`${T}/stream/route.ts`]: { path: () => '/stream', asks: [{ needs: 'conversation.read' }] },
};
// Where providers send browsers back to: it belongs to no company until its state is read (oauth.test.ts).
const OPEN_ROUTES = ['app/api/health/route.ts', 'app/api/oauth/callback/route.ts'];

const reply = () => ({
  ...{ clientId: newId(), to: [{ name: '', address: 'customer@example.jp' }], cc: [], subject: 's', text: 't' },
  seenContentSeq: 1,
  thenStatus: 'doing',
});
const INBOX = 'app/[tenant]/inbox/actions.ts';
const ACTIONS: Record<string, { args: (c: Company) => unknown[]; needs: Action }> = {
  [`${INBOX}#claim`]: { args: (c) => [c.conversation], needs: 'conversation.work' },
  [`${INBOX}#assign`]: { args: (c) => [c.conversation, null], needs: 'conversation.assign' },
  [`${INBOX}#hold`]: { args: (c) => [c.conversation, { for: 'customer', until: null }], needs: 'conversation.work' },
  [`${INBOX}#end`]: { args: (c) => [c.conversation, { noAnswer: true }], needs: 'conversation.work' },
  [`${INBOX}#resume`]: { args: (c) => [c.conversation], needs: 'conversation.work' },
  [`${INBOX}#takeUpThanks`]: { args: (c) => [c.conversation], needs: 'conversation.work' },
  [`${INBOX}#confirmThanks`]: { args: (c) => [c.conversation, { confirmed: true }], needs: 'conversation.work' },
  [`${INBOX}#reclassify`]: { args: (c) => [c.message, { as: 'auto' }], needs: 'conversation.work' },
  [`${INBOX}#undoReclassify`]: { args: (c) => [c.message], needs: 'conversation.work' },
  [`${INBOX}#addComment`]: {
    args: (c) => [c.conversation, { clientId: newId(), text: 't' }],
    needs: 'conversation.comment',
  },
  [`${INBOX}#sendReply`]: { args: (c) => [c.conversation, reply()], needs: 'conversation.reply' },
  [`${INBOX}#cancelDelivery`]: { args: (c) => [c.queued], needs: 'delivery.resolve.own' },
  [`${INBOX}#resolveUncertain`]: { args: (c) => [c.uncertain, { answer: 'arrived' }], needs: 'delivery.resolve.own' },
};
for (const name of ['trustImages', 'distrustImages'])
  ACTIONS[`${INBOX}#${name}`] = { args: (c) => [c.message], needs: 'conversation.work' };
const mailbox = () => ({
  ...{ name: newId(), fromName: '', signature: '', defaultThen: 'done', reopenDays: null, threadBySubject: false },
  ...{ calendarId: null, groupIds: [] },
});
const byAdmin: Record<string, (c: Company) => unknown[]> = {
  'mailboxes/actions.ts#openMailbox': () => [mailbox()],
  // Of a version that never was: the company must look the same afterwards.
  'mailboxes/actions.ts#changeMailbox': (c) => [c.seenMailbox, 999, mailbox()],
  'mailboxes/actions.ts#moveMailbox': (c) => [c.seenMailbox, 1],
  'mailboxes/actions.ts#pauseAccount': (c) => [c.account],
  'mailboxes/actions.ts#resumeAccount': (c) => [c.account],
  'mailboxes/actions.ts#removeAccount': (c) => [c.account],
  'health/actions.ts#saveAlarm': () => [{ addresses: ['alarm@example.jp'], afterMinutes: 30 }],
  'health/actions.ts#pullNow': (c) => [c.account],
  'health/actions.ts#markIncidentSeen': (c) => [c.incident],
  'health/actions.ts#retryQuarantined': (c) => [c.unreadable],
};
for (const [name, args] of Object.entries(byAdmin))
  ACTIONS[`app/[tenant]/settings/${name}`] = { args, needs: 'account.edit' };
const FORMS = 'app/[tenant]/settings/forms/actions.ts';
const fields = [{ field: 'email', label: 'Email', lines: 'one' }];
const form = { name: 'f', sender: 'f@example.jp', subjectContains: '', mailboxId: null, enabled: true, fields };
const tried = { sender: 'f@example.jp', subjectContains: '', fields, pasted: 'Email: a@example.jp' };
Object.assign(ACTIONS, {
  [`${FORMS}#addPattern`]: { args: () => [form], needs: 'rules.edit' },
  [`${FORMS}#changePattern`]: { args: (c) => [c.formPattern, 1, form], needs: 'rules.edit' },
  [`${FORMS}#switchPattern`]: { args: (c) => [c.formPattern, true], needs: 'rules.edit' },
  [`${FORMS}#movePattern`]: { args: (c) => [c.formPattern, 'up'], needs: 'rules.edit' },
  [`${FORMS}#deletePattern`]: { args: (c) => [c.formPattern], needs: 'rules.edit' },
  [`${FORMS}#tryPattern`]: { args: () => [{ ...tried, mailId: null }], needs: 'rules.see' },
} satisfies typeof ACTIONS);
const RECEIPTS = 'app/[tenant]/settings/auto-receipts/actions.ts';
const receipt = { enabled: false, hours: 'always', subject: 's', text: 't', perHour: 60 };
const shown = { subject: 's', text: 't', customerName: 'n' };
Object.assign(ACTIONS, {
  [`${RECEIPTS}#saveReceipt`]: { args: (c) => [c.seenMailbox, 0, receipt], needs: 'rules.edit' },
  [`${RECEIPTS}#resumeReceipts`]: { args: (c) => [c.seenMailbox], needs: 'rules.edit' },
  [`${RECEIPTS}#previewReceipt`]: { args: (c) => [c.seenMailbox, shown], needs: 'rules.see' },
} satisfies typeof ACTIONS);
/** Actions that name nothing of the company's: nothing of it can be found by them. */
const NAMELESS = [`${FORMS}#tryPattern`];
/** Actions for anybody: signing in is for nobody yet, signing out needs no company. */
const OPEN_ACTIONS = ['app/(auth)/actions.ts#signIn', 'app/(auth)/actions.ts#signOut'];

async function ask(
  company: Company,
  file: string,
  { method = 'GET', body }: Ask,
  as: string | null,
  headers: Record<string, string> = {},
) {
  const url = `${base}/api/t/${company.slug}${ROUTES[file]?.path(company)}`;
  const type = body === undefined ? 'text/plain' : 'application/json';
  const response = await fetch(url, {
    method,
    redirect: 'manual',
    headers: { cookie: as ?? '', origin: base, 'content-type': type, ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (response.headers.get('content-type')?.startsWith('text/event-stream')) await response.body?.cancel();
  return response;
}
/** Rows that a stranger's asking could have left. */
async function marksOf({ tenantId }: Company): Promise<number> {
  const db = new pg.Client({ connectionString: migrateUrl });
  await db.connect();
  const { rowCount } = await db.query('SELECT 1 FROM read_mark WHERE tenant_id = $1', [tenantId]);
  await db.end();
  return rowCount ?? 0;
}
const reasonIn = async (response: Response) => ((await response.json()) as { error: { reason: string } }).error.reason;
const eachAsk = Object.entries(ROUTES).flatMap(([file, { asks }]) =>
  asks.map((one) => ({ name: `${one.method ?? 'GET'} ${file.slice(T.length + 1)}`, file, one })),
);

describe('what is tested', () => {
  it('is every page', () => expect(files('app/**/page.tsx')).toEqual([...Object.keys(PAGES), ...OPEN_PAGES].sort()));
  it('is every route', () => expect(files('app/**/route.ts')).toEqual([...Object.keys(ROUTES), ...OPEN_ROUTES].sort()));
  it('is every action', () =>
    expect([...builtActions().keys()].sort()).toEqual([...Object.keys(ACTIONS), ...OPEN_ACTIONS].sort()));
});

describe.each(Object.entries(PAGES))('%s', (_file, page) => {
  const open = (company: Company, as?: string) =>
    fetch(base + page.path(company), { redirect: 'manual', headers: as ? { cookie: as } : {} });

  it('leads nobody to the sign-in, and back', async () => {
    const response = await open(ours);
    expect(response.status).toBe(307);
    expect(response.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(page.path(ours))}`);
  });

  it('is a 404 for another company, and looks as one that does not exist', async () => {
    const foreign = await open(ours, cookie.stranger);
    expect(foreign.status).toBe(404);
    expect(await foreign.text()).not.toContain(`Company ${ours.slug}`);
    expect((await open({ ...ours, slug: 'no-such-company' }, cookie.stranger)).status).toBe(404);
  });

  it.each(ROLES)('answers %s as the table says', async (role) => {
    const { status } = await open(ours, cookie[role]);
    if (page.needs) expect(status).toBe(may([role], page.needs) ? 200 : 403);
    else expect(status).toBe(307);
  });
});

describe.each(eachAsk)('$name', ({ file, one }) => {
  it('answers nobody 401', async () => {
    const response = await ask(ours, file, one, null);
    expect([response.status, await reasonIn(response)]).toEqual([401, 'sessionEnded']);
  });

  it('answers another company 404, by its own address and by ours', async () => {
    expect((await ask(ours, file, one, cookie.stranger)).status).toBe(404);
    // Our ids under their slug: row-level security stands behind the permission.
    const named = ROUTES[file]?.path(ours) !== ROUTES[file]?.path(theirs);
    if (named) {
      // By somebody who may do it at home: what is refused is the thing, not the person.
      const as = may(['supervisor'], one.needs) ? cookie.stranger : cookie.strangeAdmin;
      const { status } = await ask({ ...ours, slug: theirs.slug }, file, one, as);
      expect(status).toBe(404);
      expect(await marksOf(theirs)).toBe(0);
    }
  });

  it.each(ROLES)('answers %s as the table says', async (role) => {
    const response = await ask(ours, file, one, cookie[role]);
    if (may([role], one.needs)) expect(response.status).toBe(one.status ?? 200);
    else expect([response.status, await reasonIn(response)]).toEqual([403, 'notAllowed']);
  });

  if (one.method)
    it('refuses a page of another site', async () => {
      const foreign: Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { 'sec-fetch-site': 'cross-site' },
      ];
      for (const headers of foreign) expect((await ask(ours, file, one, cookie.supervisor, headers)).status).toBe(403);
    });
});

describe.each(Object.entries(ACTIONS))('%s', (name, { args, needs }) => {
  const id = () => builtActions().get(name) ?? '';
  const able = ROLES.findLast((role) => may([role], needs)) ?? 'admin';
  const call = async (slug: string, company: Company, as: string) =>
    (await callAction(base, as, id(), [slug, ...args(company)])).value as {
      ok: boolean;
      error?: { code: string; reason: string };
    };

  it('answers nobody that the session ended', async () => {
    expect(await call(ours.slug, ours, '')).toMatchObject({ ok: false, error: { code: 'Unauthenticated' } });
  });

  it('finds nothing for another company, by its own address and by ours', async () => {
    expect(await call(ours.slug, ours, cookie.stranger)).toMatchObject({ ok: false, error: { code: 'NotFound' } });
    // Our ids under their slug: row-level security stands behind the permission.
    if (may(['supervisor'], needs) && !NAMELESS.includes(name))
      expect(await call(theirs.slug, ours, cookie.stranger)).toMatchObject({ ok: false, error: { code: 'NotFound' } });
  });

  it.each(ROLES)('answers %s as the table says', async (role) => {
    const { error } = await call(ours.slug, ours, cookie[role]);
    // Who may, may still be too late (Conflict) or too early (Invalid); who may not is told so and nothing else.
    if (may([role], needs)) expect(String(error?.code)).not.toMatch(/Forbidden|NotFound|Unexpected|Unauthenticated/);
    else expect(error?.code).toBe('Forbidden');
  });

  it('takes no nonsense', async () => {
    for (const bad of [
      [],
      [null, null, null],
      [ours.slug, { $ne: 1 }, []],
      [ours.slug, 'x'.repeat(5000), { text: 1 }],
    ]) {
      const { value } = await callAction(base, cookie[able], id(), bad);
      expect((value as { error: { code: string } }).error.code).toMatch(/NotFound|Invalid/);
    }
  });

  it('refuses a page of another site', async () => {
    const { status } = await callAction(base, cookie.supervisor, id(), [ours.slug, ...args(ours)], {
      origin: 'https://evil.example',
    });
    expect(status).toBe(500);
  });
});

describe('a 窓口 outside my groups', () => {
  it('is not there, whoever I am in this company', async () => {
    for (const role of ROLES.filter((each) => may([each], 'conversation.read'))) {
      const response = await ask(
        { ...ours, conversation: ours.hiddenConversation },
        `${T}/conversations/[id]/route.ts`,
        { needs: 'conversation.read' },
        cookie[role],
      );
      expect(response.status).toBe(404);
    }
  });
});
