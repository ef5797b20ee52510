import { randomBytes } from 'node:crypto';
import { afterEach, expect, it, vi } from 'vitest';
import { loadAccount, secretContext } from '#lib/accounts/settings.ts';
import { sealedBy, sealSecret } from '#lib/crypto/index.ts';
import { resealSecrets } from '#prisma/provision/reseal.ts';
import { type Company, company, owner } from '#tests/support/tenant.ts';

afterEach(() => vi.unstubAllEnvs());

const newKey = () => randomBytes(32).toString('base64');
const accountOf = (c: Company) => owner.mailAccount.findFirstOrThrow({ where: { tenantId: c.tenantId } });
/** A new key seals from now on; the present one only opens. */
function rotate(): void {
  vi.stubEnv('SEAL_KEYS_OLD', process.env.SEAL_KEY ?? '');
  vi.stubEnv('SEAL_KEY', newKey());
}

it('seals every secret of every company with the new key, so that the old one can go', async () => {
  const companies = [await company(), await company()];
  for (const c of companies) {
    const { id } = await accountOf(c);
    const data = {
      imapSecret: sealSecret('imap pw', secretContext(id, 'imap')),
      smtpSecret: sealSecret('smtp pw', secretContext(id, 'smtp')),
      oauthSecret: sealSecret('refresh', secretContext(id, 'oauth')),
      oauthAccess: sealSecret('access', secretContext(id, 'access')),
    };
    await owner.mailAccount.updateMany({ where: { tenantId: c.tenantId }, data: { ...data, auth: 'google' } });
  }
  rotate();
  const { resealed } = await resealSecrets(owner);
  expect(resealed).toBeGreaterThanOrEqual(8);
  vi.stubEnv('SEAL_KEYS_OLD', '');
  for (const c of companies) {
    const { id, imapSecret, smtpSecret } = await accountOf(c);
    expect([imapSecret, smtpSecret].map(sealedBy)).toEqual(['current', 'current']);
    const { imap, smtp, oauth } = await c.bySystem((scope) => loadAccount(scope, id));
    expect([imap.password, smtp.password]).toEqual(['imap pw', 'smtp pw']);
    expect(oauth).toMatchObject({ refreshToken: 'refresh', accessToken: 'access' });
  }
});

it('does nothing the second time, and names the account whose secret no key opens', async () => {
  const [well, lost] = [await company(), await company()];
  const data = { imapSecret: 's1.00000000.AAAA.AAAA' };
  await owner.mailAccount.updateMany({ where: { tenantId: lost.tenantId }, data });
  rotate();
  await resealSecrets(owner);
  const before = await accountOf(well);
  const again = await resealSecrets(owner);
  expect(again.resealed).toBe(0);
  expect(again.unreadable).toContain((await accountOf(lost)).address);
  expect(again.unreadable).not.toContain(before.address);
  expect(await accountOf(well)).toEqual(before);
});
