import type { CSSVariablesResolver } from '@mantine/core';
import { COLOURS } from '#components/theme/tokens.ts';

const scheme = (pick: 1 | 2): Record<string, string> =>
  Object.fromEntries(COLOURS.map((colour) => [`--mg-${colour[0]}`, colour[pick]]));

// Mantine's own colour roles point at ours, so that its components follow without being told one by one.
const ROLES: Record<string, string> = {
  '--mantine-color-body': 'var(--mg-surface)',
  '--mantine-color-text': 'var(--mg-ink)',
  '--mantine-color-dimmed': 'var(--mg-ink3)',
  '--mantine-color-anchor': 'var(--mg-accent)',
  '--mantine-color-error': 'var(--mg-late)',
  '--mantine-color-placeholder': 'var(--mg-ink3)',
  '--mantine-color-default': 'var(--mg-surface)',
  '--mantine-color-default-hover': 'var(--mg-hover)',
  '--mantine-color-default-color': 'var(--mg-ink)',
  '--mantine-color-default-border': 'var(--mg-edge)',
  '--mantine-color-disabled': 'var(--mg-hover)',
  '--mantine-color-disabled-color': 'var(--mg-ink3)',
  '--mantine-color-disabled-border': 'var(--mg-line)',
  '--mantine-primary-color-filled': 'var(--mg-accent-fill)',
  '--mantine-primary-color-filled-hover': 'var(--mg-accent-fill-hover)',
  '--mantine-primary-color-light': 'var(--mg-accent-bg)',
  '--mantine-primary-color-light-color': 'var(--mg-accent)',
  '--mantine-color-ai-filled': 'var(--mg-accent-fill)',
  '--mantine-color-ai-filled-hover': 'var(--mg-accent-fill-hover)',
  '--mantine-color-ai-light': 'var(--mg-accent-bg)',
  '--mantine-color-ai-text': 'var(--mg-accent)',
};

/** Writes the semantic variables of both schemes; a toggle changes only data-mantine-color-scheme. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: { ...scheme(1), ...ROLES },
  dark: { ...scheme(2), ...ROLES },
});
