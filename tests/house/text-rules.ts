import type { Source } from './sources.ts';

/** A house rule over the text of one file: what it forbids, where it holds, and what would break it. */
export type TextRule = {
  name: string;
  where: (source: Source) => boolean;
  forbids: RegExp;
  bad: [path: string, text: string];
};

const below =
  (...folders: string[]) =>
  (source: Source) =>
    folders.some((folder) => source.path.startsWith(folder));
const not = (rule: (source: Source) => boolean) => (source: Source) => !rule(source);
const both = (a: (s: Source) => boolean, b: (s: Source) => boolean) => (source: Source) => a(source) && b(source);

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
// Brackets and full stops of full width: in .ts they stand in patterns (where does an address end?), in .tsx on screen.
const FULL_WIDTH = /[\u3000-\u303f\uff00-\uffef]/u;

/**
 * Verbs take a scope. These few are jobs: they talk to a mail server or run for minutes, so they open several short
 * transactions one after another and hold none meanwhile (architecture.md 3: no network I/O inside `work`).
 */
const JOBS = below('lib/inbound/', 'lib/outbox/deliver.ts', 'lib/outbox/file-sent.ts', 'lib/accounts/oauth-access.ts');

const serverCode = (source: Source): boolean =>
  below('lib/', 'workers/', 'app/api/', 'app/_entry/')(source) ||
  /\/(route|actions|page|layout)\.tsx?$/.test(source.path);

export const TEXT_RULES: TextRule[] = [
  {
    name: 'words that a person reads stand in messages/',
    where: below('app/', 'components/'),
    forbids: JAPANESE,
    bad: ['components/ui/A.tsx', '<Button>返信する</Button>'],
  },
  {
    name: 'nor does their punctuation stand in a component',
    where: both(below('app/', 'components/'), (source) => source.path.endsWith('.tsx')),
    forbids: FULL_WIDTH,
    bad: ['components/ui/A.tsx', '<span>（{n}）</span>'],
  },
  {
    name: 'raw SQL takes parameters only outside lib/db',
    where: not(below('lib/db/')),
    forbids: /\$(query|execute)RawUnsafe\b/,
    bad: ['lib/search/a.ts', 'scope.db.$queryRawUnsafe(sql)'],
  },
  {
    name: 'no verb opens a scope of its own',
    where: both(
      below('lib/'),
      not((source) => below('lib/db/', 'lib/auth/')(source) || JOBS(source)),
    ),
    forbids: /\binTenant\s*\(/,
    bad: ['lib/conversations/a.ts', 'await inTenant(request, work)'],
  },
  {
    name: "a mail's frame never runs scripts",
    where: () => true,
    forbids: /allow-scripts/,
    bad: ['app/a.tsx', '<iframe sandbox="allow-same-origin allow-scripts" />'],
  },
  {
    name: 'HTML from outside has one front door',
    where: () => true,
    forbids: /dangerouslySetInnerHTML|\.(inner|outer)HTML\s*=[^=]|insertAdjacentHTML/,
    bad: ['components/ui/A.tsx', '<div dangerouslySetInnerHTML={{ __html: html }} />'],
  },
  {
    name: 'the server asks others over HTTP through lib/net alone',
    where: both(serverCode, not(below('lib/net/'))),
    forbids: /(?<![\w.$])fetch\s*\(/,
    bad: ['lib/orders/a.ts', 'await fetch(url)'],
  },
];

/** A path of somebody's machine: it has no place in a file that others clone. */
export const MACHINE_PATH = /(?<![\w.~:-])\/(?:root|work)\/|(?<![\w.~:-])\/(?:home|Users)\/[a-z]/;
