import { useComputedColorScheme } from '@mantine/core';
import { useRef, useState } from 'react';
import type { RemoteShown } from '#lib/mail/html/document.ts';
import { api } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './HtmlFrame.module.css';

/** A mail taller than this scrolls in its frame. */
const TALLEST = 20_000;

/** Pictures from outside in the mail, and whether they are shown: in this reading, or always for its sender. */
export type Remote = { count: number; shown: RemoteShown };

type Props = {
  id: string;
  title: string;
  /** The reader's wish; null leaves it to whether the sender is trusted. */
  images: boolean | null;
  charset: string | null;
  onRead: (remote: Remote) => void;
  /** There is no such document: the original is gone, or the session. */
  onMissing: () => void;
};

/**
 * HTML from outside: sanitised by the server, in a frame that runs no script (allow-scripts must never join the list).
 * Same origin, so that pictures inside keep the cookie and the parent can measure the height and hear the keys.
 */
export function HtmlFrame({ id, title, images, charset, onRead, onMissing }: Props) {
  const { slug } = useInbox();
  const theme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(60);
  const query = new URLSearchParams({ theme });
  if (images !== null) query.set('images', images ? '1' : '0');
  if (charset !== null) query.set('charset', charset);

  const fit = () => {
    const page = frame.current?.contentDocument;
    const { remote, shown } = page?.documentElement.dataset ?? {};
    // What isn't our document (a refusal, as JSON) isn't shown.
    if (!page?.body || remote === undefined) return onMissing();
    onRead({ count: Number(remote), shown: (shown ?? 'no') as RemoteShown });
    const measure = () => setHeight(Math.min(TALLEST, heightOf(page)));
    measure();
    // Pictures arrive after the text, folds open; the body grows or shrinks, the frame follows.
    const watch = new ResizeObserver(measure);
    watch.observe(page.body);
    page.addEventListener('keydown', (event) => hearKey(frame.current, event));
  };
  return (
    <iframe
      ref={frame}
      className={classes.frame}
      title={title}
      src={api(slug, `mail-content/${id}?${query}`)}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      loading="lazy"
      style={{ height }}
      onLoad={fit}
    />
  );
}

/** With room for the bar where a table is wider than the frame. */
function heightOf({ body, documentElement: { scrollWidth, clientWidth } }: Document): number {
  return Math.ceil(body.getBoundingClientRect().height) + (scrollWidth > clientWidth ? 16 : 0);
}

/** Keys pressed inside belong to the inbox as well. */
function hearKey(frame: HTMLIFrameElement | null, { key, ctrlKey, metaKey, target }: KeyboardEvent): void {
  // Enter and the space bar open folds and links.
  if ((target as Element | null)?.closest?.('summary, a') && (key === 'Enter' || key === ' ')) return;
  frame?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, ctrlKey, metaKey }));
}
