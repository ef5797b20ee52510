import { type RefObject, useImperativeHandle } from 'react';

/** What the page's keys can ask of the open conversation. */
export type Deeds = {
  reply: () => void;
  comment: () => void;
  claim: () => void;
  hold: () => void;
  end: () => void;
  /** Thanks: back to 対応中, or confirmed. */
  takeUp: () => void;
  confirm: () => void;
};

/** Hands the open conversation's deeds to the keyboard; what isn't allowed does nothing. */
export function useDeeds(ref: RefObject<Deeds | null>, deeds: Deeds): void {
  useImperativeHandle(ref, () => deeds);
}
