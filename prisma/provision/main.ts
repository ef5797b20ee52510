import { parseArgs } from 'node:util';
import { z } from 'zod';
import { newToken } from '#lib/crypto/index.ts';
import { env } from '#lib/env.ts';
import { operator } from '#prisma/provision/operator.ts';
import { foundTenant } from '#prisma/provision/tenant.ts';

/**
 * `npm run -s tenant -- --slug hanamiya --name はなみや商店 --email admin@example.jp --person "管野 太一" --mailbox サポート窓口`
 * Founds a company on your own server, with one person who is its admin and supervisor, and prints the first password.
 */
const shape = z.object({
  slug: z.string().regex(/^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/, 'slug: small letters, digits and hyphens, 3 to 40'),
  name: z.string().min(1),
  email: z.email(),
  person: z.string().min(1),
  mailbox: z.string().min(1).default('サポート窓口'),
});

const { values } = parseArgs({
  options: {
    slug: { type: 'string' },
    name: { type: 'string' },
    email: { type: 'string' },
    person: { type: 'string' },
    mailbox: { type: 'string' },
  },
});
const parsed = shape.safeParse(values);
if (!parsed.success) {
  console.error(z.prettifyError(parsed.error));
  process.exit(2);
}
const { slug, name, email, person, mailbox } = parsed.data;
const password = newToken().slice(0, 20);
const db = operator(env.migrateDatabaseUrl);
try {
  const known = await db.person.findUnique({ where: { email: email.toLowerCase() }, select: { id: true } });
  await foundTenant(db, {
    slug,
    name,
    password,
    members: [{ key: 'admin', name: person, email, roles: ['admin', 'supervisor'], groups: ['all'] }],
    groups: [{ key: 'all', name: '全員', mailboxes: ['first'] }],
    mailboxes: [{ key: 'first', name: mailbox, address: email }],
  });
  console.log(`${name}: /${slug}/inbox, ${email}`);
  console.log(known ? 'This person keeps their password.' : `First password: ${password}`);
} finally {
  await db.$disconnect();
}
