import { bodyOf, bounceBody, paragraphs } from './bodies.mjs';
import { encodedWords, mailDate } from './encode.mjs';
import { ABSENT, DOMAINS, FAMILY, GIVEN, GOODS, MATTERS, NEWS } from './words.mjs';

/** So many of a thousand mails are of each kind. */
const KINDS = [
  [560, 'question'],
  [290, 'answer'],
  [20, 'stranger'],
  [10, 'colleague'],
  [30, 'bounce'],
  [20, 'absent'],
  [25, 'list'],
  [20, 'notice'],
  [25, 'again'],
];
const FORMS = [
  [34, 'jis'],
  [8, 'sjis'],
  [14, 'plain'],
  [28, 'html'],
  [6, 'picture'],
  [10, 'file'],
];
const CLASSES = {
  question: 'human',
  answer: 'human',
  stranger: 'human',
  colleague: 'internal',
  bounce: 'bounce',
  absent: 'auto',
  list: 'list',
  notice: 'notice',
};
/** An answer goes to one of so many of the last questions. */
const RECENT = 300;
/**
 * So many of the newest mails are taken in before the older ones. Who answers an exchange that isn't theirs there answers one
 * that began there: otherwise the answer would come first, and the exchange would be the stranger's.
 */
const NEWEST = 200;

/**
 * The mails of one 窓口, one after the other and the same each time: what a customer, a colleague, a list or a mail server
 * sends, what answers what, and what the server delivers twice. Each comes with what has to become of it.
 */
export function* letters({ count, seed, to, start, chance }) {
  const customers = Array.from({ length: Math.max(5, Math.round(count * 0.35)) }, (_, n) => customer(chance, n));
  const recent = [];
  let before = null;
  for (let n = 0; n < count; n++) {
    const at = start + n * 600_000;
    const open = n < count - NEWEST ? recent : recent.filter((letter) => letter.began >= count - NEWEST);
    const kind = kindFor(chance.weighted(KINDS), { recent, open, before });
    if (kind === 'again') {
      yield {
        ...before,
        raw: withRelay(chance, before.raw, to, at),
        at,
        kind,
        opens: false,
        duplicate: true,
        files: 0,
      };
      before = null;
      continue;
    }
    const letter = write({
      chance,
      kind,
      n,
      seed,
      to,
      at,
      writer: writerOf(chance, kind, { customers, recent, open, to }),
    });
    if (kind === 'question' || kind === 'answer') recent.push(letter);
    if (recent.length > RECENT) recent.shift();
    before = letter;
    yield letter;
  }
}

function customer(chance, n) {
  return {
    name: `${chance.pick(FAMILY)} ${chance.pick(GIVEN)}`,
    address: `c${n}.${chance.hex(4)}@${chance.pick(DOMAINS)}`,
  };
}

// What needs an earlier mail is a question while there is none.
function kindFor(kind, { recent, open, before }) {
  if (kind === 'again') return before ? kind : 'question';
  if (kind === 'answer') return recent.length > 0 ? kind : 'question';
  return (kind === 'stranger' || kind === 'colleague') && open.length === 0 ? 'question' : kind;
}

function writerOf(chance, kind, { customers, recent, open, to }) {
  const answered = { answer: recent, stranger: open, colleague: open }[kind];
  const parent = answered ? chance.pick(answered) : null;
  if (kind === 'answer') return { parent, writer: parent.writer };
  if (kind === 'colleague') return { parent, writer: { name: 'お店', address: to } };
  if (kind === 'bounce')
    return { parent, writer: { name: 'Mail Delivery System', address: 'MAILER-DAEMON@mx.example.net' } };
  if (kind === 'list')
    return { parent, writer: { name: '便り', address: `tayori@list${chance.below(5)}.example.org` } };
  if (kind === 'notice') return { parent, writer: { name: '注文の受付', address: 'no-reply@mall.example.com' } };
  if (kind === 'stranger') return { parent, writer: { name: '', address: `s${chance.hex(10)}@example.org` } };
  return { parent, writer: chance.pick(customers) };
}

function write({ chance, kind, n, seed, to, at, writer: { parent, writer } }) {
  const id = `${chance.hex(16)}.${n}.${seed}@${writer.address.split('@')[1]}`;
  const subject = parent ? `Re: ${parent.subject.replace(/^Re: /, '')}` : subjectOf(chance, kind);
  const form = kind === 'bounce' || kind === 'absent' ? 'plain' : chance.weighted(FORMS);
  const lines = kind === 'absent' ? [ABSENT] : paragraphs(chance);
  const body =
    kind === 'bounce' ? bounceBody(chance, `gone${n}@example.com`) : bodyOf(chance, form, { lines, writer, parent });
  const charset = form === 'jis' ? 'ISO-2022-JP' : form === 'sjis' ? 'Shift_JIS' : 'UTF-8';
  const references = parent ? cut([...parent.references, parent.id]) : [];
  const head = [
    ...relayed(chance, to, at),
    `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=${writer.address.split('@')[1]}; s=k1;\n\th=from:to:subject:date:message-id; bh=${chance.hex(43)}=;\n\tb=${chance.hex(172)}\n\t ${chance.hex(172)}`,
    `Date: ${mailDate(at)}`,
    `From: ${encodedWords(writer.name, charset)} <${writer.address}>`.replace(':  <', ': <'),
    `To: ${encodedWords('お店の窓口', charset)} <${to}>`,
    `Subject: ${encodedWords(subject, charset)}`,
    `Message-ID: <${id}>`,
    ...(parent
      ? [`In-Reply-To: <${parent.id}>`, `References: ${references.map((one) => `<${one}>`).join('\n\t')}`]
      : []),
    ...marks(kind, writer),
    'MIME-Version: 1.0',
    body.head,
  ].join('\n');
  const raw = Buffer.concat([
    Buffer.from(`${head}\n\n`, 'latin1'),
    Buffer.isBuffer(body.body) ? body.body : Buffer.from(body.body, 'latin1'),
  ]);
  const opens = !parent || kind === 'stranger';
  return {
    raw,
    at,
    kind,
    began: parent ? parent.began : n,
    id,
    subject,
    writer,
    lines,
    references,
    opens,
    class: CLASSES[kind],
    duplicate: false,
    files: body.files,
  };
}

/** The first id and the last ones, as RFC 5322 3.6.4 wants long References cut: each mail names where its exchange began. */
const cut = (ids) => (ids.length <= 8 ? ids : [ids[0], ...ids.slice(-7)]);

function subjectOf(chance, kind) {
  if (kind === 'bounce') return 'Undelivered Mail Returned to Sender';
  if (kind === 'absent') return '自動応答: 不在のお知らせ';
  if (kind === 'list') return chance.pick(NEWS);
  return kind === 'notice'
    ? `ご注文の控え ${chance.between(100_000, 999_999)}`
    : `${chance.pick(GOODS)}：${chance.pick(MATTERS)}`;
}

/** The header lines by which a machine's mail says that it is one. */
function marks(kind, { address }) {
  if (kind === 'bounce') return ['Auto-Submitted: auto-replied', 'Return-Path: <>'];
  if (kind === 'absent') return ['Auto-Submitted: auto-replied', 'X-Auto-Response-Suppress: All'];
  return kind === 'list' ? [`List-Id: <${address.replace('@', '.')}>`, 'Precedence: list'] : [];
}

function relayed(chance, to, at) {
  return [
    `Received: from mx${chance.below(9)}.provider.example (mx.provider.example [192.0.2.${chance.between(1, 254)}])\n\tby store.provider.example with LMTP id ${chance.hex(12)}\n\tfor <${to}>; ${mailDate(at)}`,
    `Received: from out.example.net (out.example.net [198.51.100.${chance.between(1, 254)}])\n\tby mx.provider.example with ESMTPS id ${chance.hex(12)}; ${mailDate(at)}`,
  ];
}

/** The same mail once more by another way: only what the relays wrote is different. */
function withRelay(chance, raw, to, at) {
  return Buffer.concat([Buffer.from(`${relayed(chance, to, at).join('\n')}\n`, 'latin1'), raw]);
}
