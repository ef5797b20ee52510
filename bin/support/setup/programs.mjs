import { execFileSync } from 'node:child_process';
import { dovecotProgram } from '../dovecot/program.mjs';
import { which } from '../process/which.mjs';
import { redisProgram } from '../redis.mjs';
import { installDebianPackages } from './debian.mjs';

/** What the demo and the tests need from outside npm: how to see that it is there, and Debian's packages of it. */
const programs = {
  redis: { there: redisProgram, packages: ['redis-server'] },
  dovecot: { there: hasDovecot, packages: ['dovecot-imapd', 'dovecot-lmtpd'] },
  openssl: { there: () => which('openssl'), packages: ['openssl'] },
  chromium: { there: () => browserProgram(), packages: ['chromium'] },
  japaneseFont: { there: hasJapaneseFont, packages: ['fonts-noto-cjk', 'fontconfig'] },
};

/** Installs those of the named programs that are missing, or says which command installs them. */
export async function installPrograms(names) {
  const missing = names.filter((name) => !programs[name].there());
  await installDebianPackages(missing.flatMap((name) => programs[name].packages));
}

/** Chromium or Chrome; undefined when there is none. */
export const browserProgram = () => which('chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable');

// The two packages put their programs beside each other; the core alone is no use.
function hasDovecot() {
  return (
    dovecotProgram() &&
    ['imap', 'lmtp'].every((name) => which(name, `../lib/dovecot/${name}`, `../libexec/dovecot/${name}`))
  );
}

function hasJapaneseFont() {
  try {
    return execFileSync('fc-list', [':lang=ja', 'family'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}
