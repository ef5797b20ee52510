import iconv from 'iconv-lite';
import { carrierMark } from '#lib/mail/charset/carrier-emoji.ts';
import { decodeCp932 } from '#lib/mail/charset/cp932.ts';

type Mode = 'ascii' | 'kanji' | 'kana' | 'supplement';

/**
 * Decodes ISO-2022-JP (RFC 1468) as Microsoft's CP50220/50221: NEC and IBM rows (①㈱髙), half-width kana by ESC ( I, by SO/SI
 * and as raw 8-bit bytes, JIS X 0212 by ESC $ ( D. A missing return to ASCII ends at the line's end; carrier rows 85 to 94
 * and SoftBank's own escape sequences come out as marks for carrier-emoji.ts. Never throws: what isn't readable becomes U+FFFD.
 */
export function decodeIso2022Jp(bytes: Uint8Array): string {
  const out: string[] = [];
  let run: number[] = [];
  let runMode: Mode = 'ascii';
  let mode: Mode = 'ascii';
  let shifted: Mode | null = null;
  const flush = () => {
    if (run.length > 0) out.push(decodeRun(run, runMode));
    run = [];
  };
  const enter = (next: Mode) => {
    if (next === runMode) return;
    flush();
    runMode = next;
  };
  for (let i = 0; i < bytes.length; i++) {
    const b = bytes[i] ?? 0;
    if (b === 0x1b) {
      const found = readEscape(bytes, i);
      if (found) {
        mode = found.mode;
        shifted = null;
        i += found.length - 1;
        continue;
      }
      continue;
    }
    if (b === 0x0e || b === 0x0f) {
      shifted = b === 0x0e ? 'kana' : null;
      continue;
    }
    if (b === 0x0a || b === 0x0d) {
      mode = 'ascii';
      shifted = null;
      enter('ascii');
      run.push(b);
      continue;
    }
    const now = shifted ?? mode;
    if (b >= 0xa1 && b <= 0xdf && now !== 'supplement' && !(now === 'kanji' && (bytes[i + 1] ?? 0) >= 0xa1)) {
      enter('kana');
      run.push(b);
    } else if (b <= 0x20 || b === 0x7f) {
      enter('ascii');
      run.push(b);
    } else if (now === 'kana') {
      enter('kana');
      run.push(b | 0x80);
    } else if (now === 'kanji' || now === 'supplement') {
      const next = (bytes[i + 1] ?? 0) & 0x7f;
      if (next < 0x21 || next > 0x7e) {
        enter('ascii');
        out.push('\uFFFD');
        continue;
      }
      enter(now);
      run.push(b & 0x7f, next);
      i += 1;
    } else {
      enter('ascii');
      run.push(b);
    }
  }
  flush();
  return out.join('');
}

/** Whether the bytes carry an escape sequence of ISO-2022-JP; such text is valid ASCII and UTF-8, so ask this first. */
export function hasJapaneseEscape(bytes: Uint8Array): boolean {
  for (let i = bytes.indexOf(0x1b); i >= 0 && i < bytes.length; i = bytes.indexOf(0x1b, i + 1)) {
    const found = readEscape(bytes, i);
    if (found) return true;
  }
  return false;
}

const MODES: [string, Mode][] = [
  ['$@', 'kanji'],
  ['$B', 'kanji'],
  ['$(@', 'kanji'],
  ['$(B', 'kanji'],
  ['$(O', 'kanji'],
  ['$(Q', 'kanji'],
  ['$(D', 'supplement'],
  ['(I', 'kana'],
  ['(B', 'ascii'],
  ['(J', 'ascii'],
  ['(H', 'ascii'],
  ['&@', 'ascii'],
];

function readEscape(bytes: Uint8Array, at: number): { mode: Mode; length: number } | null {
  for (const [sequence, mode] of MODES) {
    let matches = true;
    for (let k = 0; matches && k < sequence.length; k++) matches = bytes[at + 1 + k] === sequence.charCodeAt(k);
    if (matches) return { mode, length: sequence.length + 1 };
  }
  return null;
}

function decodeRun(run: number[], mode: Mode): string {
  if (mode === 'ascii') {
    const bytes = Buffer.from(run);
    return run.some((b) => b >= 0x80) ? decodeCp932(bytes) : bytes.toString('latin1');
  }
  if (mode === 'kana')
    return String.fromCharCode(
      ...run.map((b) => 0xff61 + (b - 0xa1)).map((c) => (c >= 0xff61 && c <= 0xff9f ? c : 0xfffd)),
    );
  return mode === 'supplement' ? decodeSupplement(run) : decodeKanji(run);
}

function decodeSupplement(run: readonly number[]): string {
  const bytes = run.flatMap((b, i) => (i % 2 === 0 ? [0x8f, b | 0x80] : [b | 0x80]));
  return iconv.decode(Buffer.from(bytes), 'eucjp');
}

function decodeKanji(run: readonly number[]): string {
  const out: string[] = [];
  let bytes: number[] = [];
  for (let i = 0; i + 1 < run.length; i += 2) {
    const [high, low] = [run[i] ?? 0x21, run[i + 1] ?? 0x21];
    if (isCarrierRow(high)) {
      out.push(decodeCp932(Buffer.from(bytes)), carrierMark(high * 256 + low));
      bytes = [];
    } else bytes.push(...toShiftJis(high, low));
  }
  out.push(decodeCp932(Buffer.from(bytes)));
  return out.join('');
}

/** Rows 85 to 94 without NEC's copy of the IBM characters (89 to 92): emoji of the carriers. */
function isCarrierRow(high: number): boolean {
  return high >= 0x75 && (high < 0x79 || high > 0x7c);
}

/** JIS row and cell (0x21..0x7E each) to the two bytes of Shift_JIS, which CP932's table then reads with NEC and IBM rows. */
function toShiftJis(high: number, low: number): [number, number] {
  const row = high - 0x21;
  const lead = (row >> 1) + (row < 62 ? 0x81 : 0xc1);
  const trail = row % 2 === 0 ? low + (low >= 0x60 ? 0x20 : 0x1f) : low + 0x7e;
  return [lead, trail];
}
