import type { DovecotAddress, PostgresPasswords, Secrets } from '../../bin/support/servers.mjs';

/** The database that every worker's is a copy of; nobody connects to it after the migrations. */
export const templateDatabase = 'template_madoguchi';

/** What database-setup.ts gives the test files. */
export interface ProvidedServers {
  postgresPort: number;
  passwords: PostgresPasswords;
  redis: { port: number; password: string };
  secrets: Secrets;
  folder: string;
}

/** What mail-setup.ts gives the test files. */
export type ProvidedDovecot = DovecotAddress;

/** What stack-setup.ts gives the end-to-end tests. */
export interface ProvidedStack {
  env: Record<string, string>;
  urls: [string, string];
  dovecot: DovecotAddress;
  sink: { smtpPort: number; url: string; password: string };
}

declare module 'vitest' {
  interface ProvidedContext {
    servers: ProvidedServers;
    dovecot: ProvidedDovecot;
    stack: ProvidedStack;
  }
}
