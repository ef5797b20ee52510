import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { mustRun } from './process/run.mjs';

/**
 * A self-signed certificate for localhost and 127.0.0.1 in `folder`, made with openssl the first time.
 * @returns {Promise<{cert: string, key: string}>} the paths of the two files
 */
export async function localCertificate(folder) {
  const files = { cert: path.join(folder, 'cert.pem'), key: path.join(folder, 'key.pem') };
  if (existsSync(files.cert)) return files;
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', files.key];
  await mustRun('openssl', {
    command: 'openssl',
    args: ['req', '-x509', ...key, '-out', files.cert, '-days', '30', ...subject],
    logFile: path.join(folder, 'openssl.log'),
  });
  return files;
}
