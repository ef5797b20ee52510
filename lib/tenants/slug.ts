/** Words that stand first in an address and therefore can't be a company's: our own pages, and what people may expect there. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  ...['api', '_next', 'health', 'status', 'static', 'public', 'assets', 'favicon', 'robots', 'sitemap', 'well-known'],
  ...['sign-in', 'signin', 'sign-out', 'signout', 'sign-up', 'signup', 'login', 'logout', 'auth', 'oauth', 'sso'],
  ...['invitation', 'invite', 'password', 'reset', 'two-factor', 'account', 'profile', 'me', 'tenants', 'choose'],
  ...[
    'admin',
    'system',
    'root',
    'settings',
    'inbox',
    'new',
    'www',
    'mail',
    'help',
    'docs',
    'support',
    'about',
    'legal',
  ],
  ...['form', 'forms', 'survey', 'guest', 'download', 'downloads', 'files', 'hooks', 'webhooks', 'v1', 'v2', 'demo'],
]);

// As the CHECK on tenant.slug.
const FORM = /^[a-z0-9][a-z0-9-]{1,38}[a-z0-9]$/;

/** May this be a company's part of the address: 3 to 40 of a-z, 0-9 and inner hyphens, not reserved. */
export const isSlug = (value: unknown): value is string =>
  typeof value === 'string' && FORM.test(value) && !RESERVED_SLUGS.has(value);
