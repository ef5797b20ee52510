/**
 * Where to go after the sign-in: a path of ours, else '/'. One slash and no second one, no backslash (browsers read it as
 * a slash) and no control character (browsers drop tabs and line ends): none of these leads to another site.
 */
export function safePath(value: unknown): string {
  if (typeof value !== 'string' || value.length > 2000) return '/';
  if (!value.startsWith('/') || value.startsWith('//') || /[\\\s\p{Cc}]/u.test(value)) return '/';
  return value.startsWith('/sign-in') ? '/' : value;
}
