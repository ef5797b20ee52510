/** Mantine's mixins (light, dark, hover) and its breakpoints as $mantine-breakpoint-* in CSS modules. */
export default {
  plugins: {
    'postcss-preset-mantine': {},
    'postcss-simple-vars': {
      variables: {
        'mantine-breakpoint-xs': '30em',
        'mantine-breakpoint-sm': '48em',
        'mantine-breakpoint-md': '64em',
        'mantine-breakpoint-lg': '82.5em',
        'mantine-breakpoint-xl': '105em',
      },
    },
  },
};
