import { secretContext } from '#lib/accounts/settings.ts';
import { openSecret, sealedBy, sealSecret } from '#lib/crypto/index.ts';
import type { PrismaClient } from '#lib/db/generated/client.ts';

/** Every sealed column of the product: where it stands and what it was sealed for. */
const SEALED = [
  { column: 'imapSecret', which: 'imap' },
  { column: 'smtpSecret', which: 'smtp' },
  { column: 'oauthSecret', which: 'oauth' },
  { column: 'oauthAccess', which: 'access' },
] as const;

export type Resealed = {
  /** Secrets that stand under SEAL_KEY now and didn't before. */
  resealed: number;
  /** Secrets that stood under it already. */
  current: number;
  /** Accounts with a secret that no key opens: their password has to be entered anew. */
  unreadable: string[];
};

/**
 * Seals every secret of every company anew with SEAL_KEY, opened by whichever key it stands under (SEAL_KEYS_OLD). May run
 * beside a product that runs, any number of times: a secret that somebody changes meanwhile is left as they wrote it.
 */
export async function resealSecrets(db: PrismaClient): Promise<Resealed> {
  const done: Resealed = { resealed: 0, current: 0, unreadable: [] };
  const accounts = await db.mailAccount.findMany({
    select: {
      tenantId: true,
      id: true,
      address: true,
      imapSecret: true,
      smtpSecret: true,
      oauthSecret: true,
      oauthAccess: true,
    },
    orderBy: [{ tenantId: 'asc' }, { id: 'asc' }],
  });
  for (const { tenantId, id, address, ...secrets } of accounts) {
    for (const { column, which } of SEALED) {
      const sealed = secrets[column];
      if (!sealed) continue;
      if (sealedBy(sealed) === 'current') {
        done.current += 1;
        continue;
      }
      const text = opened(sealed, secretContext(id, which));
      if (text === null) done.unreadable.push(address);
      else {
        const data = { [column]: sealSecret(text, secretContext(id, which)) };
        done.resealed += (await db.mailAccount.updateMany({ where: { tenantId, id, [column]: sealed }, data })).count;
      }
    }
  }
  return { ...done, unreadable: [...new Set(done.unreadable)] };
}

function opened(sealed: string, context: string): string | null {
  try {
    return openSecret(sealed, context);
  } catch {
    return null;
  }
}
