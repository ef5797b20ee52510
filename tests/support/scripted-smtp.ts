import { createServer, type Server, type Socket } from 'node:net';
import type { SmtpSettings } from '#lib/mail/smtp/submit.ts';

/** A place in the dialogue at which the server may misbehave; `rcpt2` is the second recipient, `body` amid the text. */
export type Place =
  | 'connect'
  | 'greeting'
  | 'ehlo'
  | 'starttls'
  | 'auth'
  | 'mail'
  | 'rcpt'
  | 'rcpt2'
  | 'data'
  | 'body'
  | 'dot'
  | 'quit';

/**
 * What it does there: `drop` cuts the line, `hang` says nothing, `say` is its answer, `half` an answer without its line end. `keeps`
 * (at `dot` only): the mail is in the server's hands all the same.
 */
export type Deed = { say?: string; half?: string; drop?: boolean; hang?: boolean; keeps?: boolean };
export type Script = Partial<Record<Place, Deed>>;

export type ScriptedSmtp = {
  port: number;
  settings: SmtpSettings;
  /** From now on it behaves so; `{}` is a server without faults. */
  play(script: Script, times?: number): void;
  /** Every mail the server has taken into its hands, whether or not the client could know. */
  taken: { from: string; to: string[]; raw: string }[];
  /** Connections that were opened, commands in their order. */
  connections: () => number;
  commands: string[];
  close(): Promise<void>;
};

type Session = { from: string; to: string[]; body: string | null; asks: number };

const PLACES: readonly [RegExp, Place, string][] = [
  [/^(EHLO|HELO)/i, 'ehlo', '250-test\r\n250-AUTH PLAIN\r\n250 SIZE 50000000'],
  [/^STARTTLS/i, 'starttls', '220 go'],
  [/^AUTH/i, 'auth', '235 welcome'],
  [/^MAIL/i, 'mail', '250 ok'],
  [/^RCPT/i, 'rcpt', '250 ok'],
  [/^DATA/i, 'data', '354 go on'],
  [/^QUIT/i, 'quit', '221 bye'],
  [/^RSET/i, 'mail', '250 ok'],
];

/** A bare SMTP server on a free port that misbehaves where and how the test says, and counts what it took. */
export async function scriptedSmtp(): Promise<ScriptedSmtp> {
  const state = {
    script: {} as Script,
    left: 0,
    opened: 0,
    commands: [] as string[],
    taken: [] as ScriptedSmtp['taken'],
  };
  const sockets = new Set<Socket>();
  const deedAt = (place: Place): Deed | undefined => {
    const deed = state.script[place];
    if (!deed || state.left <= 0) return undefined;
    state.left -= 1;
    return deed;
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    state.opened += 1;
    converse(socket, deedAt, state);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = portOf(server);
  return {
    port,
    settings: { host: '127.0.0.1', port, secure: 'none', user: 'shop', password: 'pw' },
    play(script, times = Number.POSITIVE_INFINITY) {
      Object.assign(state, { script, left: times });
    },
    taken: state.taken,
    connections: () => state.opened,
    commands: state.commands,
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((done) => server.close(done));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function converse(
  socket: Socket,
  deedAt: (place: Place) => Deed | undefined,
  state: { commands: string[]; taken: ScriptedSmtp['taken'] },
): void {
  const session: Session = { from: '', to: [], body: null, asks: 0 };
  const act = (place: Place, usual: string): boolean => {
    const deed = deedAt(place);
    if (place === 'dot' && (!deed || deed.keeps)) take(session, state.taken);
    const said = deed ? deed.say : usual;
    if (said) socket.write(`${said}\r\n`);
    if (deed?.half) socket.write(deed.half);
    if (deed?.drop) socket.end().destroySoon();
    return !deed;
  };
  if (deedAt('connect')?.drop) return void socket.destroy();
  act('greeting', '220 test');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    for (;;) {
      if (session.body !== null) {
        text = readBody(session, text, act);
        if (session.body !== null) return;
        continue;
      }
      const end = text.indexOf('\r\n');
      if (end < 0) return;
      const line = text.slice(0, end);
      text = text.slice(end + 2);
      state.commands.push(line);
      answer(line, session, act);
    }
  });
}

function answer(line: string, session: Session, act: (place: Place, usual: string) => boolean): void {
  const [, place, usual] = PLACES.find(([pattern]) => pattern.test(line)) ?? [/x/, 'quit', '500 what?'];
  const address = /<(.*)>/.exec(line)?.[1] ?? '';
  if (place === 'mail') Object.assign(session, { from: address, to: [], asks: 0 });
  if (place === 'rcpt') session.asks += 1;
  const at = place === 'rcpt' && session.asks === 2 ? 'rcpt2' : place;
  const good = act(at, usual as string);
  if (place === 'rcpt' && good) session.to.push(address);
  if (place === 'data' && good) session.body = '';
}

/** Returns what is to be looked at with the next bytes; session.body is null again once its final dot has come. */
function readBody(session: Session, text: string, act: (place: Place, usual: string) => boolean): string {
  const end = text.indexOf('\r\n.\r\n');
  const whole = (session.body?.length ?? 0) + text.length;
  if (whole > 1000 && !act('body', '')) return '';
  // The end may lie across two chunks: the last four octets wait for the next.
  const upTo = end < 0 ? Math.max(0, text.length - 4) : end + 2;
  session.body = (session.body ?? '') + text.slice(0, upTo);
  if (end < 0) return text.slice(upTo);
  act('dot', '250 ok');
  session.body = null;
  return text.slice(end + 5);
}

function take({ from, to, body }: Session, taken: ScriptedSmtp['taken']): void {
  taken.push({ from, to: [...to], raw: (body ?? '').replace(/^\.\./gm, '.') });
}
