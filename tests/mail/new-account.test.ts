import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { accountInput } from '#lib/accounts/input.ts';
import { saveAccount } from '#lib/accounts/save.ts';
import { serversToTest } from '#lib/accounts/servers.ts';
import { testAccount } from '#lib/accounts/test.ts';
import { inTenant } from '#lib/db/scope.ts';
import type { Sink } from '../../bin/support/servers.mjs';
import { letter, newId } from '../support/letters.ts';
import { newMailUser, ownSink } from '../support/mail.ts';
import { endWorlds, type MailWorld, newMailWorld, until } from '../support/mail-world.ts';
import { anyWorker, stopWorkers } from '../support/worker-process.ts';

let sink: Sink;
beforeAll(async () => {
  sink = await ownSink();
});
afterAll(async () => {
  await stopWorkers();
  await sink.stop();
});
afterEach(endWorlds);

/** Tests and saves an account as the settings page does; returns what the test said. */
async function connect({ tenantId, mailboxId, agent, dovecot }: MailWorld, address: string, importSince: Date | null) {
  const input = accountInput.parse({
    ...{ mailboxId, address, importSince: importSince?.toISOString() ?? null },
    ...{ imapHost: '127.0.0.1', imapPort: dovecot.imapPort, imapSecurity: 'none' },
    ...{ imapUser: address, imapPassword: dovecot.password },
    ...{ smtpHost: '127.0.0.1', smtpPort: sink.smtpPort, smtpSecurity: 'none' },
  });
  const asAdmin = { tenantId, actor: { ...agent, roles: ['admin' as const] } };
  const { servers } = await inTenant(asAdmin, (scope) => serversToTest(scope, input, null));
  const tested = await testAccount(servers, { tenantId });
  expect(tested).toMatchObject({ ok: true, sentFolder: 'Sent' });
  await inTenant(asAdmin, (scope) => saveAccount(scope, input, tested));
}

it.each([
  ['without an import date begins at its saving', null, ['回答', '質問']],
  ['with an import date begins there', new Date('2026-01-01T00:00:00Z'), ['以前', '回答', '質問']],
])('an account %s, however late its worker comes', async (_how, importSince, expected) => {
  await stopWorkers();
  const world = await newMailWorld({ smtpPort: sink.smtpPort });
  const address = newMailUser();
  const messageId = newId();
  const deliver = (raw: string) => world.dovecot.deliver({ from: 'hanako@customer.example', to: address, raw });
  await deliver(letter({ subject: '以前' }));
  await connect(world, address, importSince);
  await deliver(letter({ subject: '質問', messageId }));
  const answer = { subject: '回答', from: address, to: 'hanako@customer.example', inReplyTo: messageId };
  await world.dovecot.append(address, [{ raw: letter(answer) }], 'Sent');
  await anyWorker();
  await until(async () => expect((await world.messages()).map((m) => m.subject).sort()).toEqual(expected));
});
