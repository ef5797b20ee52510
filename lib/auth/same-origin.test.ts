import { beforeEach, expect, it, vi } from 'vitest';
import { requireSameOrigin } from '#lib/auth/same-origin.ts';

beforeEach(() => {
  vi.stubEnv('APP_URL', 'https://madoguchi.example');
  return () => vi.unstubAllEnvs();
});

const check = (headers: Record<string, string>) => () => requireSameOrigin(new Headers(headers));

it.each<Record<string, string>>([
  { origin: 'https://madoguchi.example', 'sec-fetch-site': 'same-origin' },
  { origin: 'http://127.0.0.1:4000', host: '127.0.0.1:4000' },
  {},
])('lets %j pass', (headers) => expect(check(headers)).not.toThrow());

it.each<Record<string, string>>([
  { origin: 'https://evil.example', host: 'madoguchi.example' },
  { origin: 'null', host: 'madoguchi.example' },
  { origin: 'https://madoguchi.example', 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'none' },
])('refuses %j', (headers) => expect(check(headers)).toThrow('foreignOrigin'));
