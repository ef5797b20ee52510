import { suites } from './suites.mjs';

/**
 * What the person asked for: every suite (those of --long only with it), or the named ones.
 * @returns {{names: string[], record: boolean}}
 * @throws for a word we don't know
 */
export function readArguments(words) {
  const flags = words.filter((word) => word.startsWith('--'));
  const named = words.filter((word) => !word.startsWith('--'));
  const unknown = [
    ...flags.filter((flag) => !['--long', '--record'].includes(flag)),
    ...named.filter((name) => !Object.hasOwn(suites, name)),
  ];
  if (unknown.length > 0) throw new Error(usage(unknown));
  const usual = Object.keys(suites).filter((name) => flags.includes('--long') || !suites[name].onlyLong);
  const wanted = named.length > 0 ? Object.keys(suites).filter((name) => named.includes(name)) : usual;
  return { names: withBuild(wanted), record: flags.includes('--record') };
}

const withBuild = (names) =>
  names.some((name) => suites[name].needsBuild) && !names.includes('build') ? ['build', ...names] : names;

const usage = (unknown) => `I don't know ${unknown.join(', ')}.
bin/test [--long] [--record] [suite ...]
Suites: ${Object.keys(suites).join(', ')}`;
