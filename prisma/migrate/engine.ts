import { readFile } from 'node:fs/promises';
import type { SqlMigrationAwareDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';

/** The engine wants some datamodel even where it only applies SQL files. */
const EMPTY_DATAMODEL: [string, string] = ['schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n'];

let loaded: Promise<void> | undefined;

// The package's own loader asks for an import of .wasm files that Node 24 doesn't have without a flag.
async function load(): Promise<void> {
  const file = new URL('schema_engine_bg.wasm', import.meta.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  const { instance } = await WebAssembly.instantiate(await readFile(file), {
    './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports,
  });
  bindings.__wbg_set_wasm(instance.exports);
  (instance.exports.__wbindgen_start as () => void)();
}

/**
 * Prisma's own schema engine as WebAssembly: it works offline, and writes the `_prisma_migrations` that
 * `prisma migrate deploy` reads (platform.md). What reads the live catalogue (dev, introspection) doesn't work this way.
 */
export async function schemaEngine(
  adapter: SqlMigrationAwareDriverAdapterFactory,
  datamodel: [path: string, text: string] = EMPTY_DATAMODEL,
): Promise<bindings.SchemaEngine> {
  loaded ??= load();
  await loaded;
  return bindings.SchemaEngine.new({ datamodels: [datamodel] }, () => {}, bindMigrationAwareSqlAdapterFactory(adapter));
}
