import { execFileSync } from 'node:child_process';
import { which } from '../process/which.mjs';

/** The installed dovecot; undefined when there is none. */
export const dovecotProgram = () => which('dovecot');

/**
 * The installed Dovecot, if it reads our configuration.
 * @throws with a sentence: 2.4 changed the format of every setting
 */
export function usableDovecot() {
  const program = dovecotProgram();
  if (!program) throw new Error('Dovecot is not installed (Debian: dovecot-imapd dovecot-lmtpd).');
  const version = execFileSync(program, ['--version'], { encoding: 'utf8' }).trim();
  if (!version.startsWith('2.3.')) {
    throw new Error(
      `Dovecot ${version} is installed; the demo and the tests know 2.3 (Debian 12, Ubuntu 22.04, 24.04).`,
    );
  }
  return program;
}
