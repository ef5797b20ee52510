import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { root } from '../../bin/support/servers.mjs';

export interface Service {
  image: string;
  build?: string;
  command: string[];
  environment: Record<string, string>;
  volumes?: string[];
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
}

/**
 * docker-compose.yml with its variables filled in as Compose does (${NAME}, ${NAME:-default}, ${NAME:?reason}).
 * @throws for a variable that is needed and not given
 */
export function readCompose(variables: Record<string, string>): {
  services: Record<'postgres' | 'redis' | 'migrate' | 'web' | 'worker', Service>;
  volumes: Record<string, null>;
} {
  const text = readFileSync(path.join(root, 'docker-compose.yml'), 'utf8');
  const filled = text.replace(/\$\{(\w+)(?::([-?])([^}]*))?\}/g, (_all, name: string, kind?: string, rest?: string) => {
    const value = variables[name] || (kind === '-' ? rest : undefined);
    if (value === undefined) throw new Error(`docker-compose.yml needs ${name}`);
    return value;
  });
  return parse(filled, { merge: true });
}

/** What bin/docker/new-env.mjs prints, as variables. */
export function newDotEnv(): Record<string, string> {
  const printed = execFileSync(process.execPath, [path.join(root, 'bin/docker/new-env.mjs')], { encoding: 'utf8' });
  const lines = printed.split('\n').filter((line) => line && !line.startsWith('#'));
  return Object.fromEntries(lines.map((line) => [line.split('=', 1)[0], line.slice(line.indexOf('=') + 1)]));
}
