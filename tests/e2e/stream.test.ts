import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { newId } from '#lib/ids.ts';
import { publish } from '#lib/realtime/index.ts';
import { builtActions, callAction } from '#tests/e2e/web/actions.ts';
import { type Company, makeCompany } from '#tests/e2e/web/company.ts';
import { signInAs } from '#tests/e2e/web/session.ts';
import { migrateUrl, productEnv, urls } from '#tests/support/stack.ts';
import { freePort, logsDir, startWeb } from '../../bin/support/servers.mjs';

const [one, two] = urls;
let ours: Company;
let theirs: Company;
beforeAll(async () => {
  [ours, theirs] = [await makeCompany(migrateUrl, noBlob), await makeCompany(migrateUrl, noBlob)];
});
const noBlob = async () => '0'.repeat(64);

/** Opens a company's stream as a browser does and collects its lines. */
async function listen(base: string, slug: string, cookie: string) {
  const response = await fetch(`${base}/api/t/${slug}/stream`, { headers: { cookie, 'accept-encoding': 'gzip, br' } });
  const heard: string[] = [];
  let ended = false;
  const reading = (async () => {
    for await (const chunk of response.body ?? []) heard.push(Buffer.from(chunk).toString());
  })().finally(() => {
    ended = true;
  });
  const until = async (wanted: () => boolean): Promise<void> => {
    const began = Date.now();
    while (!wanted() && Date.now() - began < 10_000) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(wanted()).toBe(true);
  };
  await until(() => heard.join('').includes('event: resync'));
  return { response, heard, until, ended: () => ended, reading };
}

describe('the stream over HTTP', () => {
  it('tells both web processes at once, uncompressed, and nothing to another company', async () => {
    const streams = [
      await listen(one, ours.slug, await signInAs(one, ours.email.agent)),
      await listen(two, ours.slug, await signInAs(one, ours.email.viewer)),
      await listen(one, theirs.slug, await signInAs(one, theirs.email.agent)),
    ] as const;
    expect(streams[0].response.headers.get('content-encoding')).toBeNull();
    expect(streams[0].response.headers.get('cache-control')).toContain('no-transform');
    const event = { type: 'conversation' as const, id: newId(), mailboxId: ours.seenMailbox, version: 2 };
    await publish(ours.tenantId, event);
    for (const stream of streams.slice(0, 2)) await stream.until(() => stream.heard.join('').includes(event.id));
    await publish(theirs.tenantId, { ...event, id: newId(), mailboxId: null });
    await streams[2].until(() => streams[2].heard.length === 2);
    expect(streams[2].heard.join('')).not.toContain(event.id);
  });

  it('tells what an action did, after its commit', async () => {
    const cookie = await signInAs(one, ours.email.agent);
    const stream = await listen(two, ours.slug, await signInAs(two, ours.email.supervisor));
    const claim = builtActions().get('app/[tenant]/inbox/actions.ts#claim') ?? '';
    expect((await callAction(one, cookie, claim, [ours.slug, ours.conversation])).value).toMatchObject({ ok: true });
    await stream.until(() => stream.heard.join('').includes(`"id":"${ours.conversation}"`));
    expect(stream.heard.join('')).not.toContain('hello');
  });

  it('does not keep a web process from stopping', async () => {
    const port = await freePort();
    const web = await startWeb({
      port,
      env: productEnv,
      name: 'web-stop',
      logFile: path.join(logsDir, 'e2e-web-stop.log'),
    });
    const base = `http://127.0.0.1:${port}`;
    const stream = await listen(base, ours.slug, await signInAs(one, ours.email.agent));
    process.kill(web.pid, 'SIGTERM');
    await stream.until(stream.ended);
    await stream.until(() => web.hasExited() !== null);
    await web.stop();
  });
});
