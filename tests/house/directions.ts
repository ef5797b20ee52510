import type { Import } from './imports.ts';
import type { Source } from './sources.ts';

const TIER_1 = ['db', 'queue', 'realtime', 'crypto', 'blobs', 'net'];

/** The nouns of architecture.md 2: each may import those before it. */
export const NOUNS = (
  'auth tenants people audit events calendars customers mailboxes accounts attachments search conversations forms approvals ' +
  'rules templates outbox autoreceipts inbound presence notifications knowledge surveys orders kpi'
).split(' ');

type Place = { area: string; folder: string | null };

function placeOf(path: string): Place {
  const [area = '', folder, ...rest] = path.split('/');
  return { area, folder: folder !== undefined && rest.length > 0 ? folder : null };
}

/** Why an import goes the wrong way, or null. `browser` says that the file is one that runs in the browser. */
export function wrongWay(one: Import, browser = false): string | null {
  const from = placeOf(one.from);
  if (from.area === 'components' || browser) return wrongInBrowser(one);
  if (from.area === 'app') return wrongInApp(one);
  if (from.area === 'workers') return /^(app|components|tests)\//.test(one.to) ? 'workers import lib only' : null;
  return from.area === 'lib' ? wrongInLib(one) : null;
}

function wrongInBrowser({ to, typeOnly }: Import): string | null {
  if (/^lib\/db\//.test(to) || isPrisma(to)) return 'the browser knows no database';
  if (!to.startsWith('lib/') || typeOnly || PURE.test(to)) return null;
  return 'the browser takes types from lib, and the pure tables (permissions, limits, characters), nothing else';
}

// What has no way to the outside world and may run in the browser.
const PURE = /^lib\/(auth\/policy|limits|mail\/charset\/(jis0208|unfit))\.ts$/;
const isPrisma = (to: string): boolean => /^(@prisma\/|pg$|lib\/db\/(client|generated)\b)/.test(to);

const wrongInApp = ({ to }: Import): string | null =>
  isPrisma(to) ? 'app opens a scope and calls a verb, it asks no database' : null;

/** Looked at one by one and kept. */
const EXCEPTIONS: Record<string, string> = {
  'lib/auth/membership.ts -> lib/tenants/slug.ts': 'only the shape of a slug, asked before anything is looked up',
};

// A scope carries who acts (architecture.md 3), so lib/db has to know the words for it, though none of the code.
const actorWords = ({ from, to, typeOnly }: Import): boolean =>
  typeOnly && from.startsWith('lib/db/') && /^lib\/auth\/(actor|policy)\.ts$/.test(to);

function wrongInLib(one: Import): string | null {
  if (actorWords(one) || `${one.from} -> ${one.to}` in EXCEPTIONS) return null;
  const [from, to] = [placeOf(one.from), placeOf(one.to)];
  if (['app', 'components', 'workers', 'tests', 'bin'].includes(to.area)) return `lib imports nothing of ${to.area}`;
  if (to.area !== 'lib') return null;
  const [fromRank, toRank] = [rankOf(from.folder), rankOf(to.folder)];
  if (Number.isNaN(fromRank)) return `lib/${from.folder} is no folder of architecture.md 2`;
  if (from.folder === to.folder) return null;
  if (from.folder === 'mail' && to.folder !== null) return 'lib/mail is pure: it imports tier 0 only';
  if (isTier1(from.folder) && isTier1(to.folder)) return null;
  return toRank < fromRank ? null : `lib/${from.folder ?? 'tier 0'} stands before lib/${to.folder ?? 'tier 0'}`;
}

const isTier1 = (folder: string | null): boolean => folder !== null && TIER_1.includes(folder);

// Tier 0 is 0, tier 1 is 1, the nouns follow in their order.
function rankOf(folder: string | null): number {
  if (folder === null) return 0;
  if (isTier1(folder) || folder === 'mail') return 1;
  const index = NOUNS.indexOf(folder);
  return index < 0 ? Number.NaN : 2 + index;
}

/** A file of app that Next sends to the browser as it says so itself. */
export const isBrowserFile = ({ path, text }: Source): boolean =>
  path.startsWith('app/') && /^\s*(\/\*[\s\S]*?\*\/\s*|\/\/[^\n]*\n\s*)*['"]use client['"]/.test(text);
