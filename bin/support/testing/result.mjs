/**
 * What a suite came to.
 * @typedef {{passed: number, failed: number, skipped: number, problems: string[]}} Result
 */

/** A result from its parts, everything else zero. */
export const result = (parts) => ({ passed: 0, failed: 0, skipped: 0, problems: [], ...parts });

/** One thing that failed and why. */
export const oneFailure = (problem) => result({ failed: 1, problems: [problem] });
