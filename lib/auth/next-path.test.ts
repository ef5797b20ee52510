import { expect, it } from 'vitest';
import { safePath } from '#lib/auth/next-path.ts';

it.each(['/', '/hanamiya/inbox', '/hanamiya/inbox?view=mine&id=1#x', '/a//b'])('keeps %s', (path) =>
  expect(safePath(path)).toBe(path),
);

it.each([
  ...[
    '//evil.example',
    '///evil.example',
    '/\\evil.example',
    '\\/evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
  ],
  ...[
    'https://evil.example',
    'javascript:alert(1)',
    'evil.example',
    '',
    ' /x',
    '/sign-in?next=/sign-in',
    undefined,
    ['/x'],
  ],
])('answers / to %j', (path) => expect(safePath(path)).toBe('/'));
