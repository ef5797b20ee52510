import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** The last lines of a log, for the person who reads why something failed. Empty when there is none. */
export function tail(file, lines = 30, bytes = 8_192) {
  let fd;
  try {
    fd = openSync(file, 'r');
  } catch {
    return '';
  }
  const { size } = fstatSync(fd);
  const start = Math.max(0, size - bytes);
  const buffer = Buffer.alloc(size - start);
  readSync(fd, buffer, 0, buffer.length, start);
  closeSync(fd);
  return buffer.toString('utf8').trimEnd().split('\n').slice(-lines).join('\n');
}
