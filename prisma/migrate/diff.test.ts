import { expect, it } from 'vitest';
import { diffSchemas } from '#prisma/migrate/diff.ts';

const schema = (fields: string) => `datasource db {
  provider = "postgresql"
}
model A {
  id String @id @db.Uuid
  ${fields}
}`;

it('writes the SQL of a schema, and of what changed since another', async () => {
  expect(await diffSchemas(schema(''))).toContain('CREATE TABLE "A"');
  const changed = await diffSchemas(schema('at DateTime @db.Timestamptz(3)'), schema(''));
  expect(changed).toContain('ALTER TABLE "A" ADD COLUMN     "at" TIMESTAMPTZ(3) NOT NULL');
  expect(changed).not.toContain('CREATE TABLE');
});
