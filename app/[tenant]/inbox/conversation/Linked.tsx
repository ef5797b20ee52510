import { useMemo } from 'react';
import classes from './Linked.module.css';
import { linkPieces } from './links.ts';

/** Plain text whose web addresses can be followed; the other side learns nothing about where from. `dir`: text around can't turn an address. */
export function Linked({ text }: { text: string }) {
  const pieces = useMemo(() => linkPieces(text), [text]);
  return pieces.map(({ text: piece, href }, index) =>
    href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text keep their places
      <a key={index} className={classes.link} dir="ltr" href={href} target="_blank" rel="noopener noreferrer nofollow">
        {piece}
      </a>
    ) : (
      piece
    ),
  );
}
