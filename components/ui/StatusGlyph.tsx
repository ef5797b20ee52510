import classes from '#components/ui/StatusGlyph.module.css';
import type { DoneKind, Status } from '#lib/conversations/shapes.ts';

export type GlyphKind = Status | 'none';

/** Ended without an answer has a sign of its own. */
export const glyphKind = (status: Status, doneKind: DoneKind | null): GlyphKind =>
  status === 'done' && doneKind === 'none' ? 'none' : status;

const SHAPES: Record<GlyphKind, React.ReactNode> = {
  new: <circle cx="12" cy="12" r="7.5" fill="currentColor" />,
  doing: (
    <>
      <circle cx="12" cy="12" r="8" />
      <path d="M12 6.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" stroke="none" />
    </>
  ),
  hold: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M9.7 8.5v7M14.3 8.5v7" />
    </>
  ),
  done: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M8 12.3l3 3 5-6" />
    </>
  ),
  none: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M6.5 17.5l11-11" />
    </>
  ),
};

/** The shape of a status (design.md 4). The word stands beside it or in hidden text: the shape alone says nothing aloud. */
export function StatusGlyph({ kind, size = 16 }: { kind: GlyphKind; size?: number }) {
  return (
    <svg
      className={classes.glyph}
      data-kind={kind}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[kind]}
    </svg>
  );
}
