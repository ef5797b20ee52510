import { oneLine } from '#lib/mail/compose/header.ts';
import { encodedWords } from '#lib/mail/compose/words.ts';

/** Of one continuation of RFC 2231, characters: with its name and number well inside a line. */
const PIECE = 50;

/** A file name as it is sent: NFC (macOS writes カ+゙), one line, without a path. */
export const sentFilename = (name: string): string =>
  oneLine(name).normalize('NFC').replace(/[/\\]/g, '_').trim() || 'file';

/** `name` of Content-Type, for readers that know only RFC 2047: encoded-words inside quotes, as everybody writes them. */
export function nameParameter(filename: string): string[] {
  if (isSimple(filename)) return [`name="${filename}"`];
  const words = encodedWords(filename, 'utf-8', 8);
  return words.map((word, i) => `${i === 0 ? 'name="' : ''}${word}${i === words.length - 1 ? '"' : ''}`);
}

/** `filename` of Content-Disposition: RFC 2231, in continuations where it is long; each is cut between characters. */
export function filenameParameters(filename: string): string[] {
  if (isSimple(filename)) return [`filename="${filename}"`];
  const pieces: string[] = [];
  let piece = '';
  for (const character of filename.toWellFormed()) {
    const encoded = encodeURIComponent(character).replace(/['()*!]/g, percent);
    if (piece !== '' && piece.length + encoded.length > PIECE) {
      pieces.push(piece);
      piece = '';
    }
    piece += encoded;
  }
  pieces.push(piece);
  if (pieces.length === 1) return [`filename*=UTF-8''${piece}`];
  return pieces.map(
    (text, n) => `filename*${n}*=${n === 0 ? "UTF-8''" : ''}${text}${n < pieces.length - 1 ? ';' : ''}`,
  );
}

const percent = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;
const isSimple = (name: string): boolean => /^[\w .,+@#$&()-]{1,50}$/.test(name);
