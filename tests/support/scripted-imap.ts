import { createServer, type Server, type Socket } from 'node:net';
import { createInterface } from 'node:readline';

/**
 * A mail as a damaged or peculiar server has it. `nil` and `omit` list it and don't give it; `no` and `busy` refuse every
 * command that asks for it; `cut` drops the line; `expunged` goes when it is asked for. `short` cuts each partial answer to
 * so many bytes; `size` is what RFC822.SIZE says where it isn't the truth.
 */
export type ScriptedMail = {
  body: Buffer;
  trouble?: 'nil' | 'omit' | 'no' | 'busy' | 'cut' | 'expunged';
  short?: number;
  size?: number;
};
/** Without a status the line is dropped after what was told. */
type Answer = { untagged: (string | Buffer)[]; status: string | null };

/** A small IMAP server with one folder that does what no real one can be told to do. UIDs count from 1. */
export class ScriptedImap {
  readonly mails: (ScriptedMail | null)[] = [];
  readonly #server: Server = createServer((socket) => this.#serve(socket));
  readonly #sockets = new Set<Socket>();

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    const address = this.#server.address();
    return typeof address === 'object' && address ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => {}).on('close', () => this.#sockets.delete(socket));
    socket.write('* OK [CAPABILITY IMAP4rev1] ready\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      const [, tag = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
      const answer = this.#answer(command);
      for (const part of answer.untagged) socket.write(part);
      if (answer.status === null) socket.end();
      else socket.write(`${tag} ${answer.status}\r\n`);
    });
  }

  #answer(command: string): Answer {
    const [, uids, items] = /^UID FETCH (\S+) \(?(.*?)\)?$/.exec(command) ?? [];
    if (uids && items) return this.#fetch(this.#uidsOf(uids), items);
    const search = /^UID SEARCH UID (\d+)$/.exec(command)?.[1];
    if (search) return ok(`* SEARCH${this.mails[Number(search) - 1] ? ` ${search}` : ''}\r\n`);
    if (command.startsWith('LIST')) return ok('* LIST (\\HasNoChildren) "/" INBOX\r\n');
    if (!command.startsWith('EXAMINE')) return ok();
    if (!command.endsWith('INBOX')) return { untagged: [], status: 'NO no such folder' };
    const box = `* ${this.#all().length} EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT ${this.mails.length + 1}] x\r\n`;
    return ok(`${box}* FLAGS ()\r\n`);
  }

  #fetch(uids: number[], items: string): Answer {
    const untagged: (string | Buffer)[] = [];
    for (const uid of uids) {
      const mail = this.mails[uid - 1];
      if (!mail) continue;
      const refused = items.includes('BODY.PEEK') ? this.#trouble(uid, mail, untagged) : null;
      if (refused) return refused;
      if (!items.includes('BODY.PEEK') || !mail.trouble) untagged.push(...this.#told(uid, mail, items));
    }
    return { untagged, status: 'OK done' };
  }

  #trouble(uid: number, { trouble }: ScriptedMail, untagged: (string | Buffer)[]): Answer | null {
    if (trouble === 'cut') return { untagged, status: null };
    if (trouble === 'no') return { untagged, status: 'NO [SERVERBUG] Internal error occurred' };
    if (trouble === 'busy') return { untagged, status: 'NO [UNAVAILABLE] try later' };
    if (trouble === 'expunged') this.mails[uid - 1] = null;
    if (trouble === 'nil') untagged.push(`* ${uid} FETCH (UID ${uid} BODY[] NIL)\r\n`);
    return null;
  }

  #told(uid: number, { body, size, short }: ScriptedMail, items: string): (string | Buffer)[] {
    const date = 'INTERNALDATE "20-Nov-2026 10:00:00 +0900"';
    const facts = `* ${uid} FETCH (UID ${uid} RFC822.SIZE ${size ?? body.length} ${date}`;
    const [, from, most] = /BODY\.PEEK\[\]<(\d+)\.(\d+)>/.exec(items) ?? [];
    if (!items.includes('BODY.PEEK')) return [`${facts})\r\n`];
    const start = Number(from ?? 0);
    const bytes = body.subarray(start, most ? start + Math.min(Number(most), short ?? Infinity) : undefined);
    return [`${facts} BODY[]${from ? `<${from}>` : ''} {${bytes.length}}\r\n`, bytes, ')\r\n'];
  }

  #all = () => this.mails.filter((mail) => mail !== null);

  #uidsOf(set: string): number[] {
    const last = Math.max(1, this.mails.length);
    const number = (text: string) => (text === '*' ? last : Math.min(Number(text), last));
    return set.split(',').flatMap((range) => {
      const [a = 0, b = a] = range.split(':').map(number);
      return Array.from({ length: Math.abs(b - a) + 1 }, (_, n) => Math.min(a, b) + n);
    });
  }
}

const ok = (...untagged: string[]): Answer => ({ untagged, status: 'OK done' });
