import { createTheme } from '@mantine/core';
import { controls } from '#components/theme/controls.ts';
import { DIALOG_SHADOW, MENU_SHADOW } from '#components/theme/tokens.ts';

const FONT = '"Hiragino Sans","Noto Sans JP","Noto Sans CJK JP","Yu Gothic UI",Meiryo,system-ui,sans-serif';
const MONO = 'ui-monospace,"SFMono-Regular",Menlo,Consolas,"Noto Sans Mono CJK JP",monospace';

/** The scales (design.md 2); colours with a meaning are in tokens.ts. */
export const theme = createTheme({
  primaryColor: 'ai',
  primaryShade: { light: 7, dark: 6 },
  autoContrast: false,
  defaultRadius: 'sm',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  colors: {
    ai: ['#edf5f9', '#d6e7f0', '#b3d5e5', '#8fc3dc', '#6fb4d6', '#3f8db4', '#236d95', '#165e83', '#104867', '#0c3448'],
  },
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '11.5px', sm: '12px', md: '13px', lg: '14px', xl: '16px' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.5', lg: '1.75', xl: '1.45' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '6px', xl: '6px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '16px' }, h2: { fontSize: '15px' }, h3: { fontSize: '13px' } },
  },
  shadows: { xs: 'none', sm: 'none', md: MENU_SHADOW, lg: DIALOG_SHADOW, xl: DIALOG_SHADOW },
  breakpoints: { xs: '30em', sm: '48em', md: '64em', lg: '82.5em', xl: '105em' },
  components: controls,
});
