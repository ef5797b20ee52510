import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { freePort, isHealthy, node24, root, startProcess, untilReady } from '../../bin/support/servers.mjs';
import { newDotEnv, readCompose } from '../support/compose.ts';
import { productEnv } from '../support/stack.ts';

it("docker-compose.yml's web command serves the product with docker-compose.yml's environment", async () => {
  const { command, environment } = readCompose(newDotEnv()).services.web;
  const port = String(await freePort());
  // The addresses of containers become those of this suite's servers, and the secrets theirs.
  const here = Object.entries(environment).map(([name, value]) => [name, productEnv[name] ?? String(value)]);
  const web = await startProcess({
    name: 'compose-web',
    command: node24(),
    args: command.slice(1).map((word) => (word === '3000' ? port : word)),
    cwd: root,
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...Object.fromEntries(here) },
    logFile: path.join(tmpdir(), `compose-web-${randomUUID()}.log`),
  });
  try {
    await untilReady(web, () => isHealthy(Number(port)));
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(200);
  } finally {
    await web.stop();
  }
});
