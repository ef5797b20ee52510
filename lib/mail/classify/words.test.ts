import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { RULES } from '#lib/mail/classify/rules.ts';

const words = (language: string) =>
  JSON.parse(readFileSync(new URL(`../../../messages/${language}/conversation.json`, import.meta.url), 'utf8'));
/** What decides where no rule of the table does. */
const OTHERS = ['person', 'by-hand', 'too-large', 'unreadable'];
const REASONS = [
  'userunknown',
  'mailboxfull',
  'filtered',
  'suspended',
  'toobig',
  'rejected',
  'hostunknown',
  'expired',
  'other',
];

test.each(['ja', 'en'])('every rule that decides has its words, and no others have (%s)', (language) => {
  expect(Object.keys(words(language).rule).sort()).toEqual([...RULES.map((rule) => rule.name), ...OTHERS].sort());
});

test.each(['ja', 'en'])(
  'every reason of a bounce says what happened and what to do, each in its own words (%s)',
  (language) => {
    const { reason } = words(language).delivery;
    expect(Object.keys(reason).sort()).toEqual([...REASONS].sort());
    const said = Object.values(reason as Record<string, { what: string; todo: string }>);
    expect(new Set(said.map(({ what }) => what)).size).toBe(REASONS.length);
    expect(said.every(({ todo }) => todo.length > 10)).toBe(true);
  },
);
