/** F6: the focus goes to the next pane in reading order: rail, list, conversation, composer, panel. */
export function nextPane(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.offsetParent !== null);
  if (panes.length === 0) return;
  const here = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(here + by + panes.length) % panes.length];
  if (!next) return;
  const first = next.matches('[tabindex]') ? next : next.querySelector<HTMLElement>('textarea, a[href], button, input');
  (first ?? next).focus();
}
