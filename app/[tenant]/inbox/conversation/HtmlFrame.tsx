import { useRef, useState } from 'react';
import { api } from '../queries/keys.ts';
import { useInbox } from '../state/InboxContext.tsx';
import classes from './HtmlFrame.module.css';

/** A mail taller than this scrolls in its frame. */
const TALLEST = 20_000;

/**
 * HTML from outside: sanitised by the server, in a frame that runs no script (allow-scripts must never join the list).
 * Same origin, so that pictures inside keep the cookie and the parent can measure the height and hear the keys.
 */
export function HtmlFrame({ id, title }: { id: string; title: string }) {
  const { slug } = useInbox();
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(60);

  const fit = () => {
    const page = frame.current?.contentDocument;
    if (!page?.body) return;
    const measure = () => setHeight(Math.min(TALLEST, Math.ceil(page.documentElement.scrollHeight)));
    measure();
    // Pictures arrive after the text; the body grows, the frame follows.
    const watch = new ResizeObserver(measure);
    watch.observe(page.body);
    // Keys pressed inside belong to the inbox as well.
    page.addEventListener('keydown', (event) => {
      const copy = new KeyboardEvent('keydown', {
        key: event.key,
        bubbles: true,
        ctrlKey: event.ctrlKey,
        metaKey: event.metaKey,
      });
      frame.current?.dispatchEvent(copy);
    });
  };
  return (
    <iframe
      ref={frame}
      className={classes.frame}
      title={title}
      src={api(slug, `mail-content/${id}?images=0`)}
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      referrerPolicy="no-referrer"
      loading="lazy"
      style={{ height }}
      onLoad={fit}
    />
  );
}
