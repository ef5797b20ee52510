import { describe, expect, it } from 'vitest';
import { isBrowserFile, wrongWay } from './directions.ts';
import { importsOf } from './imports.ts';
import { source, sourcesBelow } from './sources.ts';

const wrongIn = (path: string, text: string): (string | null)[] => {
  const file = source(path, text);
  return importsOf(file).map((one) => wrongWay(one, isBrowserFile(file)));
};

describe('imports point one way (architecture.md 2)', () => {
  it('in the whole house', () => {
    const wrong = sourcesBelow('app', 'components', 'lib', 'workers').flatMap((file) =>
      importsOf(file).flatMap((one) => {
        const why = wrongWay(one, isBrowserFile(file));
        return why ? [`${one.from} -> ${one.to}: ${why}`] : [];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['lib/env.ts', `import { inTenant } from '#lib/db/scope.ts';`],
    ['lib/mail/parse.ts', `import { putBlob } from '#lib/blobs/index.ts';`],
    ['lib/db/scope.ts', `import type { Actor } from '#lib/conversations/case.ts';`],
    ['lib/db/scope.ts', `import { SYSTEM } from '#lib/auth/actor.ts';`],
    ['lib/events/append.ts', `import { x } from '../conversations/case.ts';`],
    ['lib/conversations/a.ts', `export * from '#lib/kpi/fold.ts';`],
    ['lib/conversations/a.ts', `const x = await import('#lib/kpi/fold.ts');`],
    ['lib/helpers/a.ts', `import { env } from '#lib/env.ts';`],
    ['lib/tenants/a.ts', `import { x } from '#app/_entry/page.ts';`],
    ['app/api/health/route.ts', `import { PrismaClient } from '#lib/db/generated/client.ts';`],
    ['app/page.tsx', `'use client';\nimport { endConversation } from '#lib/conversations/end.ts';`],
    ['components/ui/a.tsx', `import { endConversation } from '#lib/conversations/end.ts';`],
    ['components/ui/a.tsx', `import type { Scope } from '#lib/db/scope.ts';`],
    ['workers/main.ts', `import { x } from '#app/page.tsx';`],
  ])('and this in %s would be seen: %s', (path, text) => {
    expect(wrongIn(path, text)).toEqual([expect.any(String)]);
  });

  it.each([
    ['lib/conversations/a.ts', `import { appendEvents } from '#lib/events/append.ts';\nimport { z } from 'zod';`],
    ['lib/realtime/a.ts', `import { readyRedis } from '#lib/queue/redis.ts';`],
    ['components/ui/a.tsx', `import { may } from '#lib/auth/policy.ts';`],
    ['components/ui/a.tsx', `import { type Row, type Other } from '#lib/conversations/shapes.ts';`],
    ['app/page.tsx', `import { inTenant } from '#lib/db/scope.ts';\n// import { x } from '@prisma/client';`],
  ])('while this in %s is fine: %s', (path, text) => {
    expect(wrongIn(path, text).every((why) => why === null)).toBe(true);
  });
});
