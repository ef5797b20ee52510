/**
 * The three roles of the product and its database, for a superuser on a new server. The administrator's guide cites it.
 * mg_owner owns everything and may look across tenants; migrate acts as it; app is what web and workers connect as, and
 * row-level security binds it.
 */
export function roleStatements({ migratePassword, appPassword }) {
  return [
    'CREATE ROLE mg_owner NOLOGIN BYPASSRLS',
    `CREATE ROLE migrate LOGIN PASSWORD ${literal(migratePassword)} IN ROLE mg_owner`,
    'ALTER ROLE migrate SET role = mg_owner',
    `CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${literal(appPassword)}`,
  ];
}

/** Makes the database itself; nobody but the roles of the product may connect. */
export function databaseStatements(name) {
  return [
    `CREATE DATABASE ${identifier(name)} OWNER mg_owner`,
    `REVOKE ALL ON DATABASE ${identifier(name)} FROM PUBLIC`,
    `GRANT CONNECT ON DATABASE ${identifier(name)} TO migrate, app`,
  ];
}

/** Inside the new database: its schema belongs to mg_owner, app may use what the migrations grant. */
export const schemaStatements = [
  'ALTER SCHEMA public OWNER TO mg_owner',
  'REVOKE ALL ON SCHEMA public FROM PUBLIC',
  'GRANT USAGE ON SCHEMA public TO app',
];

/** A name as PostgreSQL reads it, quoted. */
export const identifier = (name) => `"${name.replaceAll('"', '""')}"`;

const literal = (text) => `'${text.replaceAll("'", "''")}'`;
