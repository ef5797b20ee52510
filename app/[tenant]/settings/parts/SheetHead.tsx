import Link from 'next/link';
import type { ReactNode } from 'react';
import classes from './Sheet.module.css';

type Props = { title: string; path?: { name: string; href: string }[]; mark?: ReactNode; children?: ReactNode };

/** The head of a settings sheet: where one is, how it stands, what can be done. */
export function SheetHead({ title, path = [], mark, children }: Props) {
  return (
    <header className={classes.head}>
      <div className={classes.path}>
        {path.map(({ name, href }) => (
          <span key={href}>
            <Link href={href}>{name}</Link> <span aria-hidden="true">›</span>
          </span>
        ))}
        <h1 className={classes.title}>{title}</h1>
        {mark}
      </div>
      <span className={classes.grow} />
      {children}
    </header>
  );
}
