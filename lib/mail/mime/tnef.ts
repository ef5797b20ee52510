import { decodeText } from '#lib/mail/charset/decode.ts';
import { type MapiProps, readMapi } from '#lib/mail/mime/mapi.ts';

/** A file inside a winmail.dat. */
export type TnefFile = { filename: string; contentType: string | null; contentId: string | null; content: Buffer };
export type Tnef = { files: TnefFile[]; text: string | null; html: string | null };

const SIGNATURE = 0x223e9f78;
const MAX_FILES = 1000;
const ATTRIBUTE = {
  body: 0x800c,
  data: 0x800f,
  title: 0x8010,
  props: 0x9003,
  renderData: 0x9002,
  attachment: 0x9005,
  codepage: 0x9007,
};
const PROP = {
  body: 0x1000,
  html: 0x1013,
  name: 0x3704,
  longName: 0x3707,
  displayName: 0x3001,
  mime: 0x370e,
  contentId: 0x3712,
};

type Draft = { title: string; data: Buffer | null; props: MapiProps };

/**
 * Opens Outlook's winmail.dat (MS-OXTNEF): its files and, for mails whose only body it is, its text. One pass over the bytes, which are
 * not copied; what is cut off ends the reading. null: not TNEF, or a file in it has no bytes that can be shown (an embedded object).
 */
export function readTnef(source: Buffer): Tnef | null {
  if (source.length < 6 || source.readUInt32LE(0) !== SIGNATURE) return null;
  const files: Draft[] = [];
  let codepage = 'cp932';
  let [text, html]: [string | null, string | null] = [null, null];
  for (const { id, data } of attributesOf(source)) {
    const file = files.at(-1);
    if (id === ATTRIBUTE.codepage && data.length >= 4) codepage = `cp${data.readUInt32LE(0)}`;
    else if (id === ATTRIBUTE.body) text ??= string8(data, codepage);
    else if (id === ATTRIBUTE.props) {
      const props = readMapi(data, codepage);
      text = props.text.get(PROP.body) ?? text;
      html = htmlOf(props, codepage) ?? html;
    } else if (id === ATTRIBUTE.renderData && files.length < MAX_FILES)
      files.push({ title: '', data: null, props: readMapi(Buffer.alloc(0), '') });
    else if (file && id === ATTRIBUTE.title) file.title = string8(data, codepage);
    else if (file && id === ATTRIBUTE.data) file.data = data;
    else if (file && id === ATTRIBUTE.attachment) file.props = readMapi(data, codepage);
  }
  if (files.some((file) => file.data === null)) return null;
  return { files: files.map(toFile), text, html };
}

function* attributesOf(source: Buffer): Generator<{ id: number; data: Buffer }> {
  for (let at = 6; at + 9 <= source.length; ) {
    const id = source.readUInt16LE(at + 1);
    const length = source.readUInt32LE(at + 5);
    if (at + 9 + length > source.length) return;
    yield { id, data: source.subarray(at + 9, at + 9 + length) };
    at += 9 + length + 2;
  }
}

function toFile({ title, data, props }: Draft): TnefFile {
  const { text } = props;
  return {
    filename: text.get(PROP.longName) || title || text.get(PROP.name) || text.get(PROP.displayName) || '',
    contentType: text.get(PROP.mime) ?? null,
    contentId: text.get(PROP.contentId)?.replace(/[<>\s]/g, '') || null,
    content: data ?? Buffer.alloc(0),
  };
}

function htmlOf(props: MapiProps, codepage: string): string | null {
  const bytes = props.binary.get(PROP.html);
  return bytes ? decodeText(bytes, codepage).text : (props.text.get(PROP.html) ?? null);
}

function string8(data: Buffer, codepage: string): string {
  const end = data.indexOf(0);
  return decodeText(end < 0 ? data : data.subarray(0, end), codepage).text;
}
