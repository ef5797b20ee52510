import type { Figure } from '../report.ts';
import { wrongCounts } from './counts.ts';
import { type Limits, together } from './limits.ts';
import type { Expected } from './mailboxes.ts';
import type { Received } from './receive.ts';

type Measured = { expected: Expected; all: Received; small: Received | null; limits: Limits | null };

/** Every figure of the run with what it should be; docs/benchmarks.md says what each means. */
export function figuresOf({ expected, all, small, limits }: Measured): Figure[] {
  const wrong = wrongCounts(all.counts, expected);
  return [
    atMost('counts that differ from the manifest', wrong.length, 0, 0, wrong),
    atMost('rows added by a second pass', all.added.length, 0, 0, all.added),
    told('mails received', all.mails),
    told('mails per second, until searchable', all.perSecond),
    told('mails per second, until their HTML is safe too', all.perSecondWithHtml),
    told('CPU time of the worker, milliseconds per mail', all.cpuPerMail),
    // A small run sends what it sends by the clock over few mails: that says nothing about a mail.
    limits
      ? atMost('SQL round trips per mail', all.statementsPerMail, 1, 2)
      : told('SQL round trips per mail', all.statementsPerMail),
    ...(limits ? ofLimit(all, limits) : []),
    told('peak memory of the worker, MB', all.peakMegabytes),
    ...(small ? ofMemory(all, small) : []),
  ];
}

function ofLimit(all: Received, limits: Limits): Figure[] {
  const limit = together(limits);
  return [
    told('limit: download by ImapFlow alone, mails per second', limits.download),
    told('limit: lean mailparser alone, mails per second', limits.parse),
    told('limit: bare INSERT of 100 rows alone, mails per second', limits.insert),
    told('limit: the three one after the other, mails per second', limit),
    atLeast('ratio of ours to the limit', all.perSecond / limit, 0.7, 0.4),
  ];
}

function ofMemory(all: Received, small: Received): Figure[] {
  return [
    told(`peak memory at ${small.mails} mails, MB`, small.peakMegabytes),
    atMost(
      `peak memory at ${all.mails} mails to that at ${small.mails}`,
      all.peakMegabytes / small.peakMegabytes,
      1.2,
      1.5,
    ),
  ];
}

const round = (value: number): number => Math.round(value * 100) / 100;

const told = (figure: string, value: number): Figure => ({
  figure,
  value: round(value),
  goal: null,
  floor: null,
  ok: true,
});

const atLeast = (figure: string, value: number, goal: number, floor: number): Figure => ({
  ...{ figure, value: round(value), goal, floor, ok: value >= floor },
});

const atMost = (figure: string, value: number, goal: number, floor: number, why: string[] = []): Figure => ({
  ...{ figure, value: round(value), goal, floor, ok: value <= floor, ...(why.length > 0 ? { why } : {}) },
});
