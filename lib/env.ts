import { z } from 'zod';

const cidrOrAddress = /^[0-9a-f.:]+(\/\d{1,3})?$/i;

/** A count of proxies in front of us ("1"), or the addresses and CIDR ranges they come from ("10.0.0.0/8,::1"). */
const trustedProxy = z
  .string()
  .default('0')
  .transform((value) => value.trim())
  .transform((value) =>
    /^\d+$/.test(value)
      ? Number(value)
      : value
          .split(',')
          .map((range) => range.trim())
          .filter((range) => range !== ''),
  )
  .refine((value) => typeof value === 'number' || value.every((range) => cidrOrAddress.test(range)), {
    message: 'must be a number of proxies or a list of CIDR ranges',
  });

const url = (...schemes: string[]) =>
  z.string().refine((value) => schemes.some((scheme) => value.startsWith(`${scheme}://`)), {
    message: `must begin with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`,
  });

/** Every setting of the process: the property, its variable and its schema. docs and README repeat this table. */
const settings = {
  databaseUrl: ['DATABASE_URL', url('postgres', 'postgresql')],
  /** Only prisma/migrate.ts reads it. */
  migrateDatabaseUrl: ['MIGRATE_DATABASE_URL', url('postgres', 'postgresql')],
  redisUrl: ['REDIS_URL', url('redis', 'rediss')],
  blobDir: ['BLOB_DIR', z.string().min(1).default('data/blobs')],
  authSecret: ['AUTH_SECRET', z.string().min(32, 'must have at least 32 characters')],
  sealKey: [
    'SEAL_KEY',
    z.base64().refine((value) => Buffer.from(value, 'base64').length === 32, { message: 'must be 32 bytes in base64' }),
  ],
  /** Older seal keys, comma separated: they open what they sealed, nothing new is sealed with them. */
  sealKeysOld: ['SEAL_KEYS_OLD', z.string().default('')],
  appUrl: [
    'APP_URL',
    url('http', 'https')
      .default('http://localhost:3000')
      .transform((value) => value.replace(/\/+$/, '')),
  ],
  trustedProxy: ['TRUSTED_PROXY', trustedProxy],
  mailAllowPrivateHosts: [
    'MAIL_ALLOW_PRIVATE_HOSTS',
    z
      .enum(['0', '1', ''])
      .default('0')
      .transform((value) => value === '1'),
  ],
  /** Applications registered for OAuth2 mail accounts; empty: not offered. */
  oauthGoogleClientId: ['OAUTH_GOOGLE_CLIENT_ID', z.string().default('')],
  oauthGoogleClientSecret: ['OAUTH_GOOGLE_CLIENT_SECRET', z.string().default('')],
  oauthGoogleAuthorizeUrl: [
    'OAUTH_GOOGLE_AUTHORIZE_URL',
    url('https', 'http').default('https://accounts.google.com/o/oauth2/v2/auth'),
  ],
  oauthGoogleTokenUrl: ['OAUTH_GOOGLE_TOKEN_URL', url('https', 'http').default('https://oauth2.googleapis.com/token')],
  oauthMicrosoftClientId: ['OAUTH_MICROSOFT_CLIENT_ID', z.string().default('')],
  oauthMicrosoftClientSecret: ['OAUTH_MICROSOFT_CLIENT_SECRET', z.string().default('')],
  /** A directory's id or domain, or `organizations` for any. */
  oauthMicrosoftTenant: ['OAUTH_MICROSOFT_TENANT', z.string().default('organizations')],
  oauthMicrosoftAuthorizeUrl: [
    'OAUTH_MICROSOFT_AUTHORIZE_URL',
    url('https', 'http').default('https://login.microsoftonline.com/{tenant}/oauth2/v2.0/authorize'),
  ],
  oauthMicrosoftTokenUrl: [
    'OAUTH_MICROSOFT_TOKEN_URL',
    url('https', 'http').default('https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token'),
  ],
  /** Inbound mails above this many megabytes stay on the server, with a placeholder here. */
  inboundMailMb: ['INBOUND_MAIL_MB', z.coerce.number().int().min(1).max(200).default(50)],
  dbPool: ['DB_POOL', z.coerce.number().int().min(1).max(500).default(10)],
  logLevel: ['LOG_LEVEL', z.enum(['info', 'warn', 'error', 'silent']).default('info')],
  failpoint: ['MG_FAILPOINT', z.string().default('')],
  nodeEnv: ['NODE_ENV', z.enum(['development', 'production', 'test']).catch('development')],
} as const satisfies Record<string, readonly [string, z.ZodType]>;

export type Env = { readonly [K in keyof typeof settings]: z.output<(typeof settings)[K][1]> };

const cache = new Map<string, { raw: string | undefined; value: unknown }>();

function read(property: keyof typeof settings): unknown {
  const [variable, schema] = settings[property];
  const raw = process.env[variable];
  const known = cache.get(property);
  if (known && known.raw === raw) return known.value;
  const parsed = schema.safeParse(raw === '' ? undefined : raw);
  if (!parsed.success) throw new Error(sentence(variable, raw, parsed.error.issues[0]?.message ?? 'is not valid'));
  cache.set(property, { raw, value: parsed.data });
  return parsed.data;
}

// The value itself is never printed: it may be a password.
const sentence = (variable: string, raw: string | undefined, message: string): string =>
  raw === undefined || raw === ''
    ? `The environment variable ${variable} is missing.`
    : `The environment variable ${variable} is not valid: ${message}.`;

/**
 * The settings of this process. Each is read and checked when first used, so that a process only needs what it uses.
 * @throws Error with one sentence that names the variable, never its value.
 */
export const env: Env = new Proxy({} as Env, {
  get: (_target, property) =>
    typeof property === 'string' && Object.hasOwn(settings, property)
      ? read(property as keyof typeof settings)
      : undefined,
});
