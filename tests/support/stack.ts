import { inject } from 'vitest';
import { type DovecotAddress, type DovecotHands, dovecotHands } from '../../bin/support/servers.mjs';
import './provided.ts';
import { sinkAt } from './sink-client.ts';

/**
 * A Vitest set-up file of the end-to-end tests: this process gets the settings of the running product, so that a test may
 * seed with product code, and what follows says where everything listens.
 */
const stack = inject('stack');
Object.assign(process.env, stack.env, { LOG_LEVEL: process.env.LOG_LEVEL ?? 'error' });

/** The addresses of the two web processes. */
export const urls: readonly [string, string] = stack.urls;

/** The settings that web and worker run with. */
export const productEnv: Record<string, string> = stack.env;

/** The mail server of the windows: any user name, one password. */
export const dovecot: DovecotAddress & DovecotHands = { ...stack.dovecot, ...dovecotHands(stack.dovecot) };

/** The customers' mail server; a mail account's SMTP goes to smtpPort with this password. */
export const sink = { ...stack.sink, ...sinkAt(stack.sink.url) };

/** The same database as role migrate, for what a test must write or see past row-level security. */
export const migrateUrl: string = stack.env.MIGRATE_DATABASE_URL ?? '';
