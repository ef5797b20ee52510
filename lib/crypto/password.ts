import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';

// OWASP Password Storage Cheat Sheet: argon2id with 19 MiB, 2 passes, 1 lane.
const COST = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT = 16;
const TAG = 32;

type Cost = typeof COST;

const phc = ({ memory, passes, parallelism }: Cost, salt: Buffer, tag: Buffer): string =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** What an unknown person's password is compared with, so that "no such person" takes as long as "wrong password". */
export const DUMMY_HASH: string = phc(COST, Buffer.alloc(SALT), Buffer.alloc(TAG));

/** A PHC string. The password is normalised (NFKC) first: one keyboard's ＡＢＣ is another one's ABC. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT);
  return phc(COST, salt, await derive(password, salt, COST, TAG));
}

/** True when the password fits; false for anything that isn't an argon2id PHC string. Runs outside the main thread. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(stored);
  if (!parts) return false;
  const [memory, passes, parallelism] = parts.slice(1, 4).map(Number) as [number, number, number];
  const [salt, tag] = parts.slice(4).map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer];
  return timingSafeEqual(await derive(password, salt, { memory, passes, parallelism }, tag.length), tag);
}

/** True when the cost was raised since: hash the password again at the next successful sign-in. */
export const needsRehash = (stored: string): boolean =>
  !stored.startsWith(`$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$`);

function derive(password: string, salt: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  const parameters = { message: password.normalize('NFKC'), nonce: salt, tagLength, ...cost };
  return new Promise((resolve, reject) => {
    argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)));
  });
}
