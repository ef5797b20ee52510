import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';
import { root } from '../../bin/support/servers.mjs';

/** One line of a benchmark. `goal` is the aim, `floor` what makes the run fail, on whichever side of the value they lie. */
export type Figure = {
  figure: string;
  value: number;
  goal: number | null;
  floor: number | null;
  ok: boolean;
  why?: string[];
};

/** Prints the figures and writes bench/NAME.json with what machine they are from. True when none missed its floor. */
export function report(name: string, figures: readonly Figure[]): boolean {
  const machine = {
    cores: cpus().length,
    memoryGigabytes: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    load: loadavg().map((load) => Math.round(load * 100) / 100),
  };
  const folder = path.join(root, 'bench');
  mkdirSync(folder, { recursive: true });
  const file = { at: new Date().toISOString(), machine, figures };
  writeFileSync(path.join(folder, `${name}.json`), `${JSON.stringify(file, null, 2)}\n`);
  for (const { figure, value, goal, floor, ok, why = [] } of figures) {
    const aims = goal === null ? '' : ` (goal ${goal}, floor ${floor})`;
    console.log(`${ok ? ' ' : '!'} ${figure}: ${value}${aims}${why.map((one) => `\n    ${one}`).join('')}`);
  }
  return figures.every(({ ok }) => ok);
}
