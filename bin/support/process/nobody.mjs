import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** nobody and nogroup of Debian and Ubuntu. */
export const nobody = { uid: 65534, gid: 65534, user: 'nobody', group: 'nogroup' };

/** True when we're root: PostgreSQL refuses to run as root, so every server runs as nobody then. */
export function isRoot() {
  return process.getuid?.() === 0;
}

const becomeNobody = [`--reuid=${nobody.uid}`, `--regid=${nobody.gid}`, '--clear-groups'];
const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => existsSync(file));

/** Wraps a command so that root runs it as nobody; for everybody else the command as it is. */
export function asNobody(command, args) {
  return isRoot() ? [needSetpriv(), [...becomeNobody, command, ...args]] : [command, args];
}

/**
 * Wraps a command so that Linux ends it by `signal` when we are gone, even after a kill -9; with `nobody` it runs as
 * nobody, too. One setpriv for both: a change of user after it would forget the signal.
 */
export function tiedToUs(signal, command, args, { nobody = false } = {}) {
  const user = nobody && isRoot() ? becomeNobody : [];
  if (user.length > 0) needSetpriv();
  if (process.platform !== 'linux' || !setpriv) return [command, args];
  return [setpriv, [...user, '--pdeathsig', signal.replace('SIG', ''), command, ...args]];
}

function needSetpriv() {
  if (!setpriv) throw new Error('setpriv is missing. Install it: apt-get install util-linux');
  return setpriv;
}

/** Gives a file or folder with all it holds to nobody, when we're root. */
export function giveToNobody(...paths) {
  if (isRoot()) execFileSync('chown', ['-R', `${nobody.uid}:${nobody.gid}`, ...paths]);
}

/** The user and group that servers run as. */
export function serverUser() {
  if (isRoot()) return { user: nobody.user, group: nobody.group };
  const id = (flag) => execFileSync('id', [flag], { encoding: 'utf8' }).trim();
  return { user: id('-un'), group: id('-gn') };
}
