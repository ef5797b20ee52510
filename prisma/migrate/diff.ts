import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { ColumnTypeEnum, mockAdapter, mockMigrationAwareAdapterFactory } from '@prisma/driver-adapter-utils';
import { schemaEngine } from '#prisma/migrate/engine.ts';

// The engine asks its connection for schema and version even where it only compares two texts: here is the answer,
// and nothing else is ever sent. So a diff needs no server.
const server = {
  columnNames: ['exists', 'version', 'numeric_version'],
  columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
  rows: [[true, 'PostgreSQL 18.4', 180004]],
};

const noDatabase = {
  ...mockMigrationAwareAdapterFactory('postgres'),
  connect: async () => ({ ...mockAdapter('postgres'), queryRaw: async () => server, dispose: async () => {} }),
};

/**
 * The SQL that leads from one Prisma schema to another, or from nothing: raw material for a migration, which is then
 * written by hand around it (policies, partitions, functions). Needs no database.
 * @param to text of the wanted schema
 * @param from text of the present schema; without it the empty database
 */
export async function diffSchemas(to: string, from?: string): Promise<string> {
  const engine = await schemaEngine(noDatabase, ['schema.prisma', to]);
  const target = (content: string) => ({
    tag: 'schemaDatamodel' as const,
    files: [{ path: 'schema.prisma', content }],
  });
  const { stdout } = await engine.diff({
    from: from === undefined ? { tag: 'empty' } : target(from),
    to: target(to),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return stdout ?? '';
}

// `node prisma/migrate/diff.ts [to.prisma] [from.prisma]`; for the last commit's schema: `git show HEAD:... > file`.
if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [to = 'prisma/schema.prisma', from] = process.argv.slice(2);
  process.stdout.write(await diffSchemas(await readFile(to, 'utf8'), from ? await readFile(from, 'utf8') : undefined));
}
