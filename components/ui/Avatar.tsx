import classes from '#components/ui/Avatar.module.css';

type Props = { name: string; kind: 'staff' | 'me' | 'customer' | 'nobody'; size?: 's' | 'm' | 'l' };

// The first visible letter, by code point: 𠮷田 must not become half a character.
const initial = (name: string): string => [...name.trim()][0]?.toUpperCase() ?? '';

/** Staff are round, customers square (design.md 1.8). Decoration: the name always stands near it or in a hidden word. */
export function Avatar({ name, kind, size }: Props) {
  return (
    <span className={classes.avatar} data-kind={kind} data-size={size} title={name} aria-hidden="true">
      {kind === 'nobody' ? null : initial(name)}
    </span>
  );
}
