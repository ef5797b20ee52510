import { parseArgs } from 'node:util';
import { type Found, filesOf } from './files.ts';
import { lineOfFailure } from './line.ts';
import { ReaderPool } from './pool.ts';

const USAGE = `npm run -s mail:inspect -- [--own ADDRESS]... PATH...
  PATH   a mail, a folder of mails, or - for one path a line on standard input
  --own  an address of ours, for telling own mails and loops`;

/** Longest time for one mail, ms, and how many mails may be read while the line of an earlier one is awaited. */
const TIME_LIMIT_MS = 20_000;
const AHEAD = 64;

/** Prints one JSON line per mail in the order of the input, whatever the mails hold. 2 without a path, else 0. */
async function main(args: string[]): Promise<number> {
  const options = { own: { type: 'string', multiple: true } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  if (positionals.length === 0) {
    console.error(USAGE);
    return 2;
  }
  const pool = new ReaderPool({ ownAddresses: values.own ?? [], timeLimitMs: TIME_LIMIT_MS });
  // npm changes to the package's folder; the paths were meant from where the person stands.
  const base = process.env.INIT_CWD ?? process.cwd();
  await printInOrder(filesOf(positionals, base, process.stdin), async (found) =>
    'error' in found ? lineOfFailure(found.file, found.error) : pool.read(found),
  );
  await pool.close();
  return 0;
}

/** Each line as soon as it and all before it are there; no more than AHEAD are on their way. */
async function printInOrder(all: AsyncIterable<Found>, read: (found: Found) => Promise<string>): Promise<void> {
  const printing: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  for await (const found of all) {
    const line = read(found);
    last = last.then(async () => print(await line));
    printing.push(last);
    if (printing.length >= AHEAD) await printing.shift();
  }
  await last;
}

async function print(line: string): Promise<void> {
  if (!process.stdout.write(`${line}\n`)) await new Promise((resolve) => process.stdout.once('drain', resolve));
}

// `| head` closes the pipe: then nobody reads on.
process.stdout.on('error', () => process.exit(0));
process.exitCode = await main(process.argv.slice(2));
