import { databaseStatements, identifier, roleStatements, schemaStatements } from './roles.mjs';

/** Runs statements one after another on one connection. */
export async function runStatements(connectionString, statements) {
  // Not at the top: this file is read before npm install has run.
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    let last;
    for (const statement of statements) last = await client.query(statement);
    return last;
  } finally {
    await client.end();
  }
}

/** Makes the three roles, once per server. */
export async function createRoles(server) {
  await runStatements(server.url('postgres', 'postgres'), roleStatements(server.passwords));
}

/** Makes an empty database with its owner and grants, ready for the migrations. */
export async function createDatabase(server, name) {
  await runStatements(server.url('postgres', 'postgres'), databaseStatements(name));
  await runStatements(server.url('postgres', name), schemaStatements);
}

/** Copies a database with all it holds. Nobody may be connected to the template. */
export async function copyDatabase(server, template, name) {
  const [, ...grants] = databaseStatements(name);
  const copy = `CREATE DATABASE ${identifier(name)} TEMPLATE ${identifier(template)} OWNER mg_owner`;
  await runStatements(server.url('postgres', 'postgres'), [copy, ...grants]);
}

/** True when the server has a database of this name. */
export async function databaseExists(server, name) {
  const found = await runStatements(server.url('postgres', 'postgres'), [
    `SELECT 1 FROM pg_database WHERE datname = '${name.replaceAll("'", "''")}'`,
  ]);
  return found.rowCount > 0;
}

/** Removes a database, ending the connections to it. */
export async function dropDatabase(server, name) {
  await runStatements(server.url('postgres', 'postgres'), [`DROP DATABASE IF EXISTS ${identifier(name)} WITH (FORCE)`]);
}
