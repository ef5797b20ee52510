import { type RefObject, useEffect } from 'react';
import type { Deeds } from '../conversation/useDeeds.ts';
import type { Steps } from '../list/useListSteps.ts';
import { nextPane } from './panes.ts';

type Props = {
  steps: RefObject<Steps | null>;
  deeds: RefObject<Deeds | null>;
  open: boolean;
  onBack: () => void;
  onPanel: () => void;
  onHelp: () => void;
};

// A key belongs to whoever is typing, composing, or answering a dialog or menu.
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.keyCode === 229) return true;
  const at = event.target instanceof Element ? event.target : null;
  if (at?.closest('input, textarea, select, [contenteditable="true"], [role="menu"]')) return true;
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

/** The inbox's single keys (design.md 5). Off in fields, in dialogs, with modifiers, and while an IME composes. */
export function useKeys({ steps, deeds, open, onBack, onPanel, onHelp }: Props): void {
  useEffect(() => {
    const act: Record<string, () => void> = {
      j: () => steps.current?.step(1),
      k: () => steps.current?.step(-1),
      u: onBack,
      r: () => deeds.current?.reply(),
      n: () => deeds.current?.comment(),
      i: () => deeds.current?.claim(),
      h: () => deeds.current?.hold(),
      e: () => deeds.current?.end(),
      t: () => deeds.current?.takeUp(),
      y: () => deeds.current?.confirm(),
      ']': onPanel,
      '?': onHelp,
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'F6') {
        event.preventDefault();
        nextPane(event.shiftKey ? -1 : 1);
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
      const inList = document.activeElement?.getAttribute('role') === 'listbox';
      if (event.key === 'Enter' && (inList || document.activeElement === document.body)) {
        event.preventDefault();
        steps.current?.enter();
        return;
      }
      if (inList && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
        event.preventDefault();
        steps.current?.step(event.key === 'ArrowDown' ? 1 : -1);
        return;
      }
      if (event.key === 'Escape' && open && window.innerWidth < 768) return onBack();
      const deed = act[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (!deed) return;
      event.preventDefault();
      deed();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [steps, deeds, open, onBack, onPanel, onHelp]);
}
