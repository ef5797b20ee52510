import type pg from 'pg';

type Role = { rolname: string; rolsuper: boolean; rolbypassrls: boolean };

const GUIDE = "the administrator's guide has the statements";

/**
 * Whether tenancy can hold on this server (architecture.md 3).
 * @returns one sentence about the first thing that is wrong, or null
 */
export async function roleProblem(client: pg.Client): Promise<string | null> {
  const { rows: roles } = await client.query<Role>(
    `SELECT rolname, rolsuper, rolbypassrls FROM pg_roles WHERE rolname IN ('mg_owner', 'migrate', 'app')`,
  );
  for (const name of ['mg_owner', 'migrate', 'app']) {
    if (!roles.some(({ rolname }) => rolname === name)) return `The role ${name} is missing on this server: ${GUIDE}.`;
  }
  const app = roles.find(({ rolname }) => rolname === 'app') as Role;
  if (app.rolsuper) return `The role app must not be a superuser: it would see every tenant's rows; ${GUIDE}.`;
  if (app.rolbypassrls) return `The role app must not have BYPASSRLS: it would see every tenant's rows; ${GUIDE}.`;
  return membershipProblem(client);
}

async function membershipProblem(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query(
    `SELECT pg_has_role('app', 'mg_owner', 'MEMBER') AS member, current_user = 'mg_owner' AS owner`,
  );
  if (rows[0].member) return `The role app must not be a member of mg_owner: it could act as the owner; ${GUIDE}.`;
  // Membership alone makes objects that belong to migrate: only the role setting makes mg_owner their owner.
  if (!rows[0].owner) return `MIGRATE_DATABASE_URL must act as mg_owner (ALTER ROLE migrate SET role = mg_owner).`;
  return null;
}
