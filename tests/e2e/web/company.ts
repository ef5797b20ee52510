import pg from 'pg';
import { ROLES, type Role } from '#lib/auth/policy.ts';
import { hashPassword } from '#lib/crypto/index.ts';
import { newId } from '#lib/ids.ts';

/** A company made for one test: a member of each role who sees the first 窓口, and one case in it with everything on it. */
export type Company = {
  slug: string;
  tenantId: string;
  email: Record<Role, string>;
  memberId: Record<Role, string>;
  seenMailbox: string;
  hiddenMailbox: string;
  conversation: string;
  hiddenConversation: string;
  message: string;
  attachment: string;
  image: string;
  contentId: string;
  /** A paused mail account that signs in at Google. */
  googleAccount: string;
  formPattern: string;
  queued: string;
  uncertain: string;
  account: string;
  /** A mail that couldn't be read, and something that happened to the account. */
  unreadable: string;
  incident: string;
};
export const PASSWORD = 'correct horse battery staple';

type Row = Record<string, unknown>;

/** Writes as the owner of the tables: the tests' fixture, not a way the product has. */
export async function makeCompany(
  ownerUrl: string,
  putBlob: (tenantId: string, bytes: Buffer) => Promise<string>,
): Promise<Company> {
  const db = new pg.Client({ connectionString: ownerUrl });
  await db.connect();
  const tenantId = newId();
  const slug = `co-${tenantId.slice(-12)}`;
  const insert = (table: string, row: Row) => {
    const columns = Object.keys(row);
    const places = columns.map((_, index) => `$${index + 1}`);
    return db.query(
      `INSERT INTO "${table}" (${columns.map((name) => `"${name}"`).join(', ')}) VALUES (${places.join(', ')})`,
      Object.values(row),
    );
  };
  const own = (table: string, row: Row) => insert(table, { tenant_id: tenantId, ...row });
  try {
    await insert('tenant', { id: tenantId, slug, name: `Company ${slug}` });
    await own('tenant_setting', { undo_seconds: 0 });
    const people = await makePeople(insert, own, slug);
    const places = await makeMailboxes(own, Object.values(people.memberId));
    return {
      slug,
      tenantId,
      ...people,
      ...places,
      ...(await makeCase(own, places, people.memberId.agent, (bytes) => putBlob(tenantId, bytes))),
    };
  } finally {
    await db.end();
  }
}

type Insert = (table: string, row: Row) => Promise<unknown>;

async function makePeople(insert: Insert, own: Insert, slug: string) {
  const password_hash = await hashPassword(PASSWORD);
  const email = {} as Record<Role, string>;
  const memberId = {} as Record<Role, string>;
  for (const role of ROLES) {
    const personId = newId();
    memberId[role] = newId();
    email[role] = `${role}@${slug}.example`;
    await insert('person', { id: personId, email: email[role], name: role, password_hash });
    await own('membership', { id: memberId[role], person_id: personId, display_name: role });
    await own('membership_role', { membership_id: memberId[role], role });
  }
  return { email, memberId };
}

type Ids = [string, string, string, string, string];

async function makeMailboxes(own: Insert, members: string[]) {
  const [seenMailbox, hiddenMailbox, account, googleAccount, group] = Array.from({ length: 5 }, newId) as Ids;
  await own('mailbox', { id: seenMailbox, name: 'Orders' });
  await own('mailbox', { id: hiddenMailbox, name: 'Invoices' });
  await own('member_group', { id: group, name: 'All' });
  await own('group_mailbox', { group_id: group, mailbox_id: seenMailbox });
  for (const id of members) await own('group_member', { group_id: group, membership_id: id });
  await own('mail_account', {
    ...{ id: account, mailbox_id: seenMailbox, address: `orders@${account}.example`, state: 'paused' },
    ...{ imap_host: '127.0.0.1', imap_port: 1, imap_security: 'none', imap_user: 'u', imap_secret: 'x' },
    ...{ smtp_host: '127.0.0.1', smtp_port: 1, smtp_security: 'none', smtp_user: 'u', smtp_secret: 'x' },
  });
  await own('mail_account', {
    ...{ id: googleAccount, mailbox_id: seenMailbox, address: `orders@${googleAccount}.example`, state: 'paused' },
    ...{ imap_host: '127.0.0.1', imap_port: 1, imap_security: 'none', imap_user: 'u', imap_secret: '', auth: 'google' },
    ...{ smtp_host: '127.0.0.1', smtp_port: 1, smtp_security: 'none', smtp_user: 'u', smtp_secret: '' },
  });
  const formPattern = newId();
  await own('form_pattern', {
    ...{ id: formPattern, name: 'Contact', sender: 'form@forms.example.net' },
    fields: JSON.stringify([{ field: 'email', label: 'Email', lines: 'one' }]),
  });
  return { seenMailbox, hiddenMailbox, account, googleAccount, formPattern };
}

async function makeCase(
  own: Insert,
  { seenMailbox, hiddenMailbox, account }: { seenMailbox: string; hiddenMailbox: string; account: string },
  agent: string,
  putBlob: (bytes: Buffer) => Promise<string>,
) {
  const [conversation, hiddenConversation, message, attachment, image] = [newId(), newId(), newId(), newId(), newId()];
  const now = new Date();
  const contentId = 'logo@shop';
  const raw = await putBlob(Buffer.from('Subject: hello\r\n\r\nhello\r\n'));
  const png = await putBlob(Buffer.from('89504e470d0a1a0a', 'hex'));
  const html = await putBlob(Buffer.from('<script>alert(1)</script>'));
  const shape = { subject: 'hello', title: 'hello', first_message_at: now, last_message_at: now };
  await own('conversation', {
    id: conversation,
    number: 1,
    mailbox_id: seenMailbox,
    status: 'new',
    ...shape,
    content_seq: 1,
    message_count: 1,
  });
  await own('conversation', {
    id: hiddenConversation,
    number: 2,
    mailbox_id: hiddenMailbox,
    status: 'new',
    ...shape,
    content_seq: 1,
  });
  const mail = {
    conversation_id: conversation,
    mailbox_id: seenMailbox,
    account_id: account,
    class: 'human',
    class_rule: 'test',
    subject: 'hello',
    text: 'hello',
    in_reply_to: [],
    references: [],
    occurred_at: now,
    content_seq: 1,
  };
  await own('message', {
    ...mail,
    id: message,
    direction: 'in',
    has_html: true,
    raw_sha256: raw,
    from_address: 'customer@example.jp',
  });
  await own('message_body', { message_id: message, html: '<p>hello</p>', sanitiser_version: 1_000_000 });
  await own('attachment', {
    id: attachment,
    message_id: message,
    position: 0,
    filename: '請求書"\r\n.html',
    content_type: 'text/html',
    size: 25,
    sha256: html,
  });
  await own('attachment', {
    id: image,
    message_id: message,
    position: 1,
    filename: 'logo.png',
    content_type: 'image/png',
    size: 8,
    sha256: png,
    content_id: contentId,
    inline: true,
  });
  const deliveries = { queued: newId(), uncertain: newId() };
  for (const [state, id] of Object.entries(deliveries)) {
    const sent = newId();
    // Before the customer's mail, so that this is the one the screen unfolds.
    const before = new Date(now.getTime() - 60_000);
    await own('message', { ...mail, id: sent, direction: 'out', author_id: agent, occurred_at: before });
    await own('delivery', {
      ...{
        id,
        client_id: newId(),
        conversation_id: conversation,
        message_id: sent,
        mailbox_id: seenMailbox,
        account_id: account,
      },
      // Far enough away that no worker takes it.
      ...{
        member_id: agent,
        state,
        then_status: 'doing',
        send_after: new Date(now.getTime() + 3_600_000),
        next_attempt_at: new Date(now.getTime() + 3_600_000),
      },
    });
    await own('delivery_recipient', {
      delivery_id: id,
      position: 0,
      kind: 'to',
      name: '',
      address: 'customer@example.jp',
      customer: true,
    });
  }
  const [unreadable, incident] = [newId(), newId()];
  await own('inbound_mail', {
    ...{ id: unreadable, account_id: account, mailbox_id: seenMailbox, folder: 'INBOX', folder_role: 'inbox' },
    ...{ uid_validity: 1, uid: 1, sha256: raw, size: 20, internal_date: now, fetched_at: now },
    ...{ state: 'failed', reason: 'unreadable' },
  });
  await own('account_incident', { id: incident, account_id: account, kind: 'recovered', data: '{}' });
  const things = { conversation, hiddenConversation, message, attachment, image, contentId, ...deliveries };
  return { ...things, unreadable, incident };
}
