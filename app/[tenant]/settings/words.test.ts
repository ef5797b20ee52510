import { describe, expect, it } from 'vitest';
import { TEST_STEPS } from '#lib/accounts/test-steps.ts';
import { PROVIDERS } from '#lib/mail/providers.ts';
import { troubleOf } from '#lib/mail/trouble.ts';
import en from '../../../messages/en/settings.json' with { type: 'json' };
import ja from '../../../messages/ja/settings.json' with { type: 'json' };

/* Words that are chosen by a code at run time: the comparison of the two languages can't see that one is missing in both. */
const CODES = [
  ...['hostNotFound', 'hostNotAllowed', 'connectRefused', 'connectTimeout', 'connectionLost', 'loginFailed'],
  ...['certExpired', 'certNotYet', 'certOtherName', 'certSelfSigned', 'certUntrusted', 'tlsNotOffered', 'tlsWrongPort'],
  ...['tlsFailed', 'oauthRefused', 'foldersFailed', 'mailRefused', 'mailNotBack', 'stopped'],
  ...['authentication', 'timeout', 'busy', 'ECONNREFUSED', 'EPIPE', 'ETLS', 'oauthExpired', 'oauthFailed', 'odd'].map(
    troubleOf,
  ),
];

describe.each([
  ['ja', ja],
  ['en', en],
] as const)('the settings in %s have words', (_language, words) => {
  const failure: Record<string, { what: string; todo: string } | undefined> = words.failure;
  it.each([...new Set(CODES)])('for the failure %s: what happened and what to do', (code) => {
    expect(failure[code]?.what.length).toBeGreaterThan(5);
    expect(failure[code]?.todo.length).toBeGreaterThan(5);
  });

  it.each(PROVIDERS)('for the provider $id and each of its notes', ({ id, notes }) => {
    expect(Object.keys(words.provider)).toContain(id);
    for (const note of notes) expect(Object.keys(words.note)).toContain(note);
    for (const note of notes) expect(Object.keys(words.advice)).toContain(note);
  });

  it.each(TEST_STEPS)('for the step %s', (step) => {
    const key = step.replace('.', '_');
    expect(Object.keys(words.test.step)).toContain(key);
    expect(Object.keys(words.test.done)).toContain(key);
  });
});
