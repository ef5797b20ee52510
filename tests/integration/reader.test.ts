import { afterAll, expect, it } from 'vitest';
import { putBlob } from '#lib/blobs/index.ts';
import { newId } from '#lib/ids.ts';
import { endReader, readApart } from '#lib/inbound/read-apart.ts';
import { readBatch } from '#lib/inbound/read-batch.ts';
import type { PendingMail } from '#lib/inbound/read-raw.ts';
import { rawMail } from '#tests/support/raw-mail.ts';

const tenantId = newId();
const known = { ownAddresses: ['shop@example.com'], formPatterns: [] };

async function stored(count: number): Promise<PendingMail[]> {
  const now = new Date();
  const rest = { accountId: newId(), folderRole: 'inbox', internalDate: now, fetchedAt: now, imported: false } as const;
  const mails = Array.from({ length: count }, (_, n) =>
    Buffer.from(rawMail({ subject: `件名 ${n}`, text: `本文 ${n}` })),
  );
  return Promise.all(mails.map(async (raw) => ({ id: newId(), ...rest, ...(await putBlob(tenantId, raw)) })));
}

afterAll(endReader);

it('a mail read in the thread is the same as one read here', async () => {
  const wanted = { tenantId, batch: await stored(3), known };
  expect(await readApart(wanted)).toEqual(await readBatch(wanted));
});

it('a thread that ends while it reads loses no mail and no order', async () => {
  const batch = await stored(40);
  const readings = [batch.slice(0, 20), batch.slice(20)].map((part) => readApart({ tenantId, batch: part, known }));
  await endReader();
  const mails = (await Promise.all(readings)).flat();
  expect(mails.map(({ parsed }) => parsed.subject)).toEqual(batch.map((_, n) => `件名 ${n}`));
  expect(mails.every(({ parsed }) => parsed.error === null)).toBe(true);
});

it('a mail whose bytes are gone is a placeholder among the others', async () => {
  const batch = await stored(3);
  const lost = batch.map((raw, n) => (n === 1 ? { ...raw, sha256: '0'.repeat(64) } : raw));
  const mails = await readApart({ tenantId, batch: lost, known });
  expect(mails.map(({ parsed }) => parsed.error)).toEqual([null, 'unreadable', null]);
});
