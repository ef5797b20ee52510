import { describe, expect, it } from 'vitest';
import { readArguments } from './arguments.mjs';
import { suites } from './suites.mjs';

describe('the arguments of bin/test', () => {
  it('are every suite but the long ones when there are none', () => {
    expect(readArguments([]).names).toEqual(Object.keys(suites).filter((name) => name !== 'long'));
    expect(readArguments(['--long']).names).toEqual(Object.keys(suites));
  });

  it('are the named suites in their usual order, with the build where one needs it', () => {
    expect(readArguments(['mail', 'unit', '--record'])).toEqual({ names: ['unit', 'mail'], record: true });
    expect(readArguments(['e2e']).names).toEqual(['build', 'e2e']);
  });

  it('are refused when unknown', () => {
    expect(() => readArguments(['unti', '--fast'])).toThrow("I don't know --fast, unti.");
  });
});
