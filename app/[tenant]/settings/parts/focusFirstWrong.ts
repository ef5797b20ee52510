/** After the errors are drawn: on a phone the first may stand far above the button. */
export const focusFirstWrong = (): number =>
  requestAnimationFrame(() =>
    document
      .querySelector<HTMLElement>('form [data-error] input, form input[data-error], form textarea[data-error]')
      ?.focus(),
  );
