import path from 'node:path';
import { logsDir, root } from '../paths.mjs';
import { answers, freePort } from '../ports.mjs';
import { startProcess, untilReady } from '../process/start.mjs';

/**
 * Starts the SMTP sink as a process of its own, its mails kept in `folder`.
 * @returns {Promise<{smtpPort: number, url: string}>}
 */
export async function startSinkProcess({ state, crew, folder }) {
  const ports = { smtp: await freePort(state.ports.smtp), web: await freePort(state.ports.sinkWeb) };
  const settings = { folder, ports, password: state.passwords.mail };
  const started = await startProcess({
    name: 'smtp-sink',
    command: process.execPath,
    args: [path.join(root, 'bin/support/sink/main.mjs')],
    cwd: root,
    env: { ...process.env, SINK: JSON.stringify(settings) },
    logFile: path.join(logsDir, 'demo-smtp-sink.log'),
  });
  crew.add(started);
  await untilReady(started, () => answers(ports.web));
  Object.assign(state.ports, { smtp: ports.smtp, sinkWeb: ports.web });
  return { smtpPort: ports.smtp, url: `http://127.0.0.1:${ports.web}` };
}
