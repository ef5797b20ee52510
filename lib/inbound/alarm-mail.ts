import { env } from '#lib/env.ts';
import en from '#messages/en/alarm.json' with { type: 'json' };
import ja from '#messages/ja/alarm.json' with { type: 'json' };

/** What an alarm says: which 窓口 stands still or goes on, since when, and why. */
export type AlarmFacts = {
  zone: string;
  mailbox: string;
  address: string;
  since: Date;
  now: Date;
  code: string | null;
  words: string | null;
};

const LANGUAGES = [
  ['ja-JP', ja],
  ['en-GB', en],
] as const;
type Words = (typeof LANGUAGES)[number][1];
type Reason = keyof Words['reason'];

export type AlarmMail = { sender: string; subject: string; text: string };

/**
 * Sender's name, subject and text of the mail that tells of a standstill, or of its end: Japanese first, English below, because the addresses
 * it goes to (a phone, a provider's desk) have no language of ours.
 */
export function alarmMail(kind: 'stopped' | 'recovered', facts: AlarmFacts): AlarmMail {
  const parts = LANGUAGES.map(([language, words]) => partOf(kind, facts, language, words));
  const [first] = parts;
  return { sender: ja.sender, subject: first?.subject ?? '', text: parts.map(({ text }) => text).join('\n----\n\n') };
}

function partOf(kind: 'stopped' | 'recovered', facts: AlarmFacts, language: string, words: Words) {
  const reason = reasonOf(facts.code);
  const values = {
    ...{ mailbox: facts.mailbox, address: facts.address, words: facts.words ?? '' },
    ...{ since: moment(facts.since, facts, language), now: moment(facts.now, facts, language) },
    ...{ reason: words.reason[reason], todo: words.todo[reason] },
    url: env.appUrl,
  };
  const { subject, ...lines } = words[kind];
  const told = Object.entries(lines).filter(([key]) => key !== 'words' || facts.words);
  const text = [...told.map(([, line]) => line), '', words.footer].map((line) => fill(line, values)).join('\n');
  return { subject: fill(subject, values), text: `${text}\n` };
}

function reasonOf(code: string | null): Reason {
  if (code !== null && code in ja.reason) return code as Reason;
  if (/ENOTFOUND|EAI_AGAIN|EDNS/.test(code ?? '')) return 'dns';
  if (/TLS|SSL|CERT|SELF_SIGNED/.test(code ?? '')) return 'tls';
  return /TIMEDOUT|ECONNREFUSED|UNREACH/.test(code ?? '') ? 'timeout' : 'other';
}

// The hour alone is enough on the day itself: that is how people say it.
function moment(at: Date, { now, zone }: AlarmFacts, language: string): string {
  const day = (date: Date) => new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(date);
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone } as const;
  const date = day(at) === day(now) ? {} : ({ month: 'numeric', day: 'numeric' } as const);
  return new Intl.DateTimeFormat(language, { ...time, ...date }).format(at);
}

const fill = (text: string, values: Record<string, string>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
