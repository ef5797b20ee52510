import { decodeText } from '#lib/mail/charset/decode.ts';

/** The texts and bytes of a list of MAPI properties, by their id. Numbers, dates and named properties are passed over. */
export type MapiProps = { text: Map<number, string>; binary: Map<number, Buffer> };

const MAX_PROPS = 20_000;
const STRING8 = 0x1e;
const UNICODE = 0x1f;
const BINARY = 0x102;
const OBJECT = 0x0d;
const MULTIPLE = 0x1000;
/** Bytes that a value of fixed size takes, padded to four. */
const SIZES: Record<number, number> = { 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 };

class CutOff extends Error {}

/** Reads the property list of a TNEF attribute (MS-OXTNEF 2.1.3.4). A list that is cut off or broken gives what stands before. */
export function readMapi(source: Buffer, codepage: string): MapiProps {
  const props: MapiProps = { text: new Map(), binary: new Map() };
  const reader = new Reader(source);
  try {
    const count = Math.min(source.length < 4 ? 0 : reader.number(), MAX_PROPS);
    for (let i = 0; i < count; i++) readProp(reader, props, codepage);
  } catch (error) {
    if (!(error instanceof CutOff)) throw error;
  }
  return props;
}

function readProp(reader: Reader, props: MapiProps, codepage: string): void {
  const tag = reader.number();
  const [type, id] = [tag & 0xffff, tag >>> 16];
  if (id >= 0x8000) reader.passName();
  const kind = type & ~MULTIPLE;
  const size = SIZES[kind];
  if (size !== undefined) {
    reader.take(size * (type & MULTIPLE ? reader.number() : 1));
    return;
  }
  if (kind !== STRING8 && kind !== UNICODE && kind !== BINARY && kind !== OBJECT) throw new CutOff();
  const values = reader.number();
  for (let i = 0; i < values; i++) {
    const data = reader.padded();
    if (i > 0 || id >= 0x8000) continue;
    if (kind === UNICODE) props.text.set(id, data.toString('utf16le').replace(/\0.*$/s, ''));
    else if (kind === STRING8) props.text.set(id, decodeText(data, codepage).text.replace(/\0.*$/s, ''));
    else props.binary.set(id, data);
  }
}

class Reader {
  readonly #source: Buffer;
  #at = 0;

  constructor(source: Buffer) {
    this.#source = source;
  }

  take(length: number): Buffer {
    if (this.#at + length > this.#source.length) throw new CutOff();
    this.#at += length;
    return this.#source.subarray(this.#at - length, this.#at);
  }

  number(): number {
    return this.take(4).readUInt32LE(0);
  }

  padded(): Buffer {
    const length = this.number();
    const data = this.take(length);
    this.take(Math.min((4 - (length % 4)) % 4, this.#source.length - this.#at));
    return data;
  }

  /** A named property's GUID and its number or name. */
  passName(): void {
    this.take(16);
    if (this.number() === 0) this.number();
    else this.padded();
  }
}
