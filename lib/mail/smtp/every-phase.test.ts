import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { closeIdleLines, type SubmitOptions, submitMail } from '#lib/mail/smtp/submit.ts';
import { type Place, type ScriptedSmtp, scriptedSmtp } from '#tests/support/scripted-smtp.ts';

const MAIL = Buffer.from('From: s@example.jp\r\nSubject: test\r\n\r\nbody\r\n');
/** So long that the line is full before its end: no server can have it whole. */
const LONG = Buffer.concat([MAIL, Buffer.alloc(20_000_000, 'abcdefgh\r\n')]);

let server: ScriptedSmtp;
beforeEach(async () => {
  server = await scriptedSmtp();
});
afterEach(async () => {
  closeIdleLines();
  await server.close();
});

const TWO = ['taro@example.jp', 'jiro@example.jp'];
function submit(raw = MAIL, recipients = ['taro@example.jp'], options: Partial<SubmitOptions> = {}) {
  const envelope = { from: 's@example.jp', recipients };
  return submitMail(server.settings, envelope, raw, { onDataStarted: async () => {}, timeoutMs: 400, ...options });
}

/*
 * Every place of the dialogue x every way to fail there. Nothing before the final dot can have been delivered, so it is retry
 * or the server's refusal; after it only the server's own answer decides, and without one it is uncertain.
 */
const BEFORE: Place[] = ['connect', 'greeting', 'ehlo', 'auth', 'mail', 'rcpt', 'data'];
const ANSWERING = BEFORE.filter((place) => place !== 'connect');
const PHASE: Partial<Record<Place, string>> = {
  connect: 'connect',
  greeting: 'connect',
  ehlo: 'connect',
  auth: 'auth',
};
const phaseOf = (place: Place) => PHASE[place] ?? 'envelope';

describe('before the body', () => {
  test.each(BEFORE)('the line drops at %s: tried again, nothing delivered', async (place) => {
    server.play({ [place]: { drop: true } });
    expect(await submit()).toMatchObject({ kind: 'retry', phase: phaseOf(place) });
    expect(server.taken).toEqual([]);
  });

  test.each(ANSWERING)('silence at %s: tried again, nothing delivered', async (place) => {
    server.play({ [place]: { hang: true } });
    expect(await submit()).toMatchObject({ kind: 'retry', phase: phaseOf(place) });
    expect(server.taken).toEqual([]);
  });

  test.each(ANSWERING.flatMap((place) => [[place, 421] as const, [place, 451] as const, [place, 554] as const]))(
    '%s is answered with %i: refused in these words, nothing delivered',
    async (place, code) => {
      server.play({ [place]: { say: `${code} 4.7.0 not now` } });
      const result = await submit();
      expect(result).toMatchObject({ kind: 'refused', code, phase: phaseOf(place), permanent: code >= 500 });
      expect(result.kind === 'refused' && result.words).toContain('not now');
      expect(server.taken).toEqual([]);
    },
  );

  test.each([
    ['drop', { drop: true }],
    ['silence', { hang: true }],
    ['421', { say: '421 closing', drop: true }],
  ] as const)('%s at the second recipient: nobody has got it', async (_how, deed) => {
    server.play({ rcpt2: deed });
    expect((await submit(MAIL, TWO)).kind).toMatch(/retry|refused/);
    expect(server.taken).toEqual([]);
  });

  test('STARTTLS that is dropped, unanswered or refused ends before the sign-in: the password never leaves in the clear', async () => {
    for (const deed of [
      { drop: true },
      { hang: true },
      { say: '454 TLS not available' },
      { say: '220 go', drop: true },
    ]) {
      server.play({ starttls: deed });
      const settings = { ...server.settings, secure: 'starttls' as const };
      const options = { onDataStarted: async () => {}, timeoutMs: 400 };
      const result = await submitMail(settings, { from: 's@example.jp', recipients: ['t@example.jp'] }, MAIL, options);
      expect(result).toMatchObject({ phase: 'connect' });
    }
    expect(server.commands.filter((line) => line.startsWith('AUTH'))).toEqual([]);
    expect(server.taken).toEqual([]);
  });
});

describe('in the body', () => {
  test('the line drops: tried again, as no server can have it whole', async () => {
    server.play({ body: { drop: true } });
    expect(await submit(LONG)).toMatchObject({ kind: 'retry', phase: 'data' });
    expect(server.taken).toEqual([]);
  });

  test('a refusal amid it counts, a yes amid it does not', async () => {
    server.play({ body: { say: '552 too big', drop: true } });
    expect(await submit(LONG)).toMatchObject({ kind: 'refused', permanent: true, code: 552, phase: 'data' });
    server.play({ body: { say: '250 ok', drop: true } });
    expect((await submit(LONG)).kind).toMatch(/retry|uncertain/);
    expect(server.taken).toEqual([]);
  });
});

describe('the line drops after the final dot', () => {
  test.each([
    ['drops, and the server has it', { drop: true, keeps: true }, 1],
    ['drops, and the server lost it', { drop: true }, 0],
    ['stays silent, and the server has it', { hang: true, keeps: true }, 1],
    ['says half an answer and drops', { half: '250 o', drop: true, keeps: true }, 1],
    ['says half a number', { say: '25', keeps: true }, 1],
    ['says something that is no answer', { say: '354 go on', keeps: true }, 1],
  ] as const)('%s: uncertain', async (_how, deed, delivered) => {
    server.play({ dot: deed });
    expect(await submit()).toMatchObject({ kind: 'uncertain' });
    expect(server.taken).toHaveLength(delivered);
  });

  test.each([
    [421, false],
    [451, false],
    [452, false],
    [552, true],
    [554, true],
  ])('an answer of %i is a refusal, not uncertain', async (code, permanent) => {
    server.play({ dot: { say: `${code} no` } });
    expect(await submit()).toMatchObject({ kind: 'refused', code, permanent, phase: 'data' });
    expect(server.taken).toEqual([]);
  });

  test.each([
    ['drop', { drop: true }],
    ['silence', { hang: true }],
    ['an error', { say: '500 what' }],
  ] as const)('%s at QUIT changes nothing: sent', async (_how, deed) => {
    server.play({ quit: deed });
    expect(await submit()).toMatchObject({ kind: 'sent' });
    expect(server.taken).toHaveLength(1);
  });
});

describe('recipients', () => {
  test('each keeps its own answer where all are refused; one that may succeed later makes the mail a later one', async () => {
    server.play({ rcpt: { say: '550 5.1.1 unknown' }, rcpt2: { say: '450 4.2.0 greylisted' } });
    expect(await submit(MAIL, TWO)).toMatchObject({
      ...{ kind: 'refused', permanent: false, code: 450 },
      rejected: [
        { address: TWO[0], code: 550, words: '550 5.1.1 unknown' },
        { address: TWO[1], code: 450, words: '450 4.2.0 greylisted' },
      ],
    });
  });

  test('refused at RCPT are known before the body begins, so that they survive an end nobody saw', async () => {
    server.play({ rcpt2: { say: '550 5.1.1 unknown' }, dot: { drop: true, keeps: true } });
    let known: unknown;
    const onDataStarted: SubmitOptions['onDataStarted'] = async (rejected) => {
      known = rejected;
    };
    expect((await submit(MAIL, TWO, { onDataStarted })).kind).toBe('uncertain');
    expect(known).toEqual([{ address: TWO[1], code: 550, words: '550 5.1.1 unknown' }]);
    expect(server.taken.map((mail) => mail.to)).toEqual([[TWO[0]]]);
  });

  test('a hundred of them get one mail', async () => {
    const hundred = Array.from({ length: 100 }, (_, n) => `taro-${n}@example.jp`);
    expect(await submit(MAIL, hundred)).toMatchObject({ kind: 'sent', accepted: hundred });
    expect(server.taken.map((mail) => mail.to)).toEqual([hundred]);
  });

  test('odd local parts are quoted on the line and come back as they were', async () => {
    const odd = ['a..b@docomo.example.jp', 'taro.@docomo.example.jp', 'x y@example.jp'];
    expect(await submit(MAIL, odd)).toMatchObject({ kind: 'sent', accepted: odd });
    expect(server.commands.filter((line) => line.startsWith('RCPT'))).toEqual([
      'RCPT TO:<"a..b"@docomo.example.jp>',
      'RCPT TO:<"taro."@docomo.example.jp>',
      'RCPT TO:<"x y"@example.jp>',
    ]);
  });
});

describe('a line that is kept open', () => {
  const keepOpen = true;

  test('carries one mail after the other, signed in once', async () => {
    for (let n = 0; n < 3; n += 1) expect((await submit(MAIL, undefined, { keepOpen })).kind).toBe('sent');
    expect([server.connections(), server.taken.length]).toEqual([1, 3]);
    expect(server.commands.filter((line) => line.startsWith('AUTH'))).toHaveLength(1);
  });

  test('is changed for a new one after so many mails', async () => {
    for (let n = 0; n < 3; n += 1) await submit(MAIL, undefined, { keepOpen: { mailsPerLine: 2 } });
    expect([server.connections(), server.taken.length]).toEqual([2, 3]);
  });

  test.each([
    ['drops at MAIL', { drop: true }],
    ['says 421 at MAIL', { say: '421 idle too long', drop: true }],
  ] as const)('that the server had left (%s) costs the next mail nothing: a new one at once', async (_how, deed) => {
    await submit(MAIL, undefined, { keepOpen });
    server.play({ mail: deed }, 1);
    expect((await submit(MAIL, undefined, { keepOpen })).kind).toBe('sent');
    expect([server.connections(), server.taken.length]).toEqual([2, 2]);
  });

  test('that drops after the final dot is uncertain like any other, never sent twice', async () => {
    await submit(MAIL, undefined, { keepOpen });
    server.play({ dot: { drop: true, keeps: true } }, 1);
    expect((await submit(MAIL, undefined, { keepOpen })).kind).toBe('uncertain');
    expect([server.connections(), server.taken.length]).toEqual([1, 2]);
  });

  test('is not used again after a refusal', async () => {
    await submit(MAIL, undefined, { keepOpen });
    server.play({ rcpt: { say: '550 no' } }, 1);
    expect((await submit(MAIL, undefined, { keepOpen })).kind).toBe('refused');
    expect((await submit(MAIL, undefined, { keepOpen })).kind).toBe('sent');
    expect(server.connections()).toBe(2);
  });
});
