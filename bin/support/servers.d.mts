/** A program we started. */
export interface Started {
  name: string;
  pid: number;
  identity: string | null;
  logFile: string;
  exited: Promise<{ code: number | null; signal: string | null }>;
  hasExited(): { code: number | null; signal: string | null } | null;
  stop(graceMs?: number): Promise<void>;
}

export interface Certificate {
  cert: string;
  key: string;
}

export interface PostgresPasswords {
  superuserPassword: string;
  migratePassword: string;
  appPassword: string;
}

/** What is needed to reach PostgreSQL. */
export interface PostgresAddress {
  url(role: 'postgres' | 'migrate' | 'app', database: string): string;
}

export interface Postgres extends PostgresAddress {
  port: number;
  passwords: PostgresPasswords;
  process: Started;
}

export interface Redis {
  port: number;
  process: Started;
  url(database?: number): string;
}

/** What is needed to reach a Dovecot that runs, and to play its administrator. */
export interface DovecotAddress {
  folder: string;
  configFile: string;
  /** Every user's. */
  password: string;
  imapPort: number;
  lmtpPort: number;
  /** 0 without TLS. */
  imapsPort: number;
  certificate?: Certificate;
}

export interface DovecotHands {
  deliver(mail: { from: string; to: string; raw: string | Uint8Array }): Promise<void>;
  append(
    user: string,
    mails: { raw: string | Uint8Array; at?: Date; flags?: string[] }[],
    mailbox?: string,
  ): Promise<void>;
  doveadm(...words: string[]): Promise<string>;
  kick(user: string): Promise<string>;
  setUidValidity(user: string, value: number, mailbox?: string): Promise<string>;
  createMailbox(user: string, mailbox: string): Promise<string>;
  expunge(user: string, mailbox: string, ...query: string[]): Promise<string>;
  count(user: string, mailbox?: string): Promise<number>;
  sessionPids(user: string): Promise<number[]>;
}

export interface Dovecot extends DovecotAddress, DovecotHands {
  process: Started;
  /** Starts it again on the same ports, after `process.stop()`. */
  restart(): Promise<void>;
}

export interface SinkMail {
  id: string;
  at: string;
  from: string;
  to: string[];
  user: string;
  raw: Buffer;
}

export type FaultMode =
  | 'auth-535'
  | 'rcpt-450'
  | 'rcpt-550'
  | 'drop-rcpt'
  | 'hang-rcpt'
  | 'drop-data'
  | 'drop-mid-body'
  | 'data-452'
  | 'data-554'
  | 'hang-end'
  | 'drop-after-dot'
  | 'hang-after-dot'
  | 'slow';

/** Without recipient (user, for auth-535) it meets everybody; without times it lasts until cleared; ms only for slow. */
export interface Fault {
  mode: FaultMode;
  recipient?: string;
  user?: string;
  times?: number;
  ms?: number;
}

export interface Sink {
  smtpPort: number;
  webPort: number;
  url: string;
  /** Every mail accepted, oldest first; with some faults the sender doesn't know that it was. */
  mails(): SinkMail[];
  clear(): void;
  fault(fault: Fault): void;
  clearFaults(): void;
  stop(): Promise<void>;
}

export interface Secrets {
  AUTH_SECRET: string;
  SEAL_KEY: string;
  NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: string;
}

/** A folder for the servers of one test run; end() stops what was tracked and removes it. */
export interface Instance {
  folder: string;
  track(started: Started): void;
  end(): Promise<void>;
}

export const root: string;
export const dataDir: string;
export const logsDir: string;
export function newInstance(): Promise<Instance>;
export function migrate(migrateDatabaseUrl: string, logFile?: string): Promise<void>;
export function node24(): string;
export function npmEnvironment(more?: Record<string, string>): NodeJS.ProcessEnv;
export function newSecrets(): Secrets;
export function productEnvironment(wanted: {
  secrets: Secrets;
  databaseUrl: string;
  migrateDatabaseUrl: string;
  redisUrl: string;
  blobDir: string;
  appUrl?: string;
}): Record<string, string>;
export function postgresUrls(port: number, passwords: PostgresPasswords): PostgresAddress['url'];
export function redisUrl(address: { port: number; password: string }, database?: number): string;
export function serversDir(): string;
export function freePort(preferred?: number): Promise<number>;
export function localCertificate(folder: string): Promise<Certificate>;
export function newPostgresPasswords(): PostgresPasswords;
export function startPostgres(wanted: {
  folder: string;
  passwords: PostgresPasswords;
  port?: number;
  careless?: boolean;
  settings?: Record<string, string>;
  logFile?: string;
}): Promise<Postgres>;
export function runStatements(
  connectionString: string,
  statements: string[],
): Promise<{ rowCount: number; rows: Record<string, unknown>[] }>;
export function createDatabase(server: PostgresAddress, name: string): Promise<void>;
export function copyDatabase(server: PostgresAddress, template: string, name: string): Promise<void>;
export function databaseExists(server: PostgresAddress, name: string): Promise<boolean>;
export function dropDatabase(server: PostgresAddress, name: string): Promise<void>;
export function startRedis(wanted: {
  folder: string;
  password: string;
  port?: number;
  logFile?: string;
}): Promise<Redis>;
export function startDovecot(wanted: {
  folder: string;
  password: string;
  ports?: { imap?: number; lmtp?: number; imaps?: number };
  tls?: boolean;
  logFile?: string;
  introspectUrl?: string;
}): Promise<Dovecot>;
export function dovecotHands(server: DovecotAddress): DovecotHands;
export function startSink(wanted: {
  folder: string;
  ports?: { smtp?: number; web?: number };
  password?: string;
  secure?: boolean;
  certificate?: Certificate;
  maxBytes?: number;
}): Promise<Sink>;
export function startProcess(wanted: {
  name: string;
  command: string;
  args?: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
  asNobody?: boolean;
  stopSignal?: NodeJS.Signals;
}): Promise<Started>;
export function untilReady(
  started: Started,
  check: () => boolean | unknown | Promise<unknown>,
  timeoutMs?: number,
): Promise<void>;
/** Gives files or folders to the user that servers run as, when we're root. */
export function giveToNobody(...paths: string[]): void;
export function runToEnd(wanted: {
  command: string;
  args?: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  logFile: string;
  append?: boolean;
}): Promise<number>;
export function buildProduct(): Promise<boolean>;
export function browserProgram(): string | undefined;
export function isHealthy(port: number): Promise<boolean>;
export function startWeb(wanted: {
  port: number;
  env: Record<string, string>;
  name?: string;
  logFile?: string;
}): Promise<Started>;
export function startWorker(wanted: { env: Record<string, string>; name?: string; logFile?: string }): Promise<Started>;
/** SQL for a superuser on a new server: the three roles. */
export function roleStatements(passwords: { migratePassword: string; appPassword: string }): string[];
/** SQL for a superuser: the database and who may connect. */
export function databaseStatements(name: string): string[];
/** SQL inside the new database: who owns and uses its schema. */
export const schemaStatements: string[];
