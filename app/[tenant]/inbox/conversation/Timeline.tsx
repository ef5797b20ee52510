import { IconChevronDown } from '@tabler/icons-react';
import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ConversationShape, Problem } from '#lib/conversations/shapes.ts';
import { EventLines } from './EventLines.tsx';
import { type Block, blocksOf, splitOld } from './group.ts';
import { Mail } from './Mail.tsx';
import { Note } from './Note.tsx';
import classes from './Timeline.module.css';

type Props = {
  conversation: ConversationShape;
  thread: RefObject<HTMLDivElement | null>;
  /** The composer is open: the mail being answered stays in sight above it. */
  writing: boolean;
  onFail: (problem: Problem) => void;
  onReply: () => void;
};

/** Mails, comments and events in one order, oldest first; opens where reading begins. */
export function Timeline({ conversation, thread, writing, onFail, onReply }: Props) {
  const t = useTranslations('conversation');
  const blocks = useMemo(() => blocksOf(conversation.items), [conversation.items]);
  const [all, setAll] = useState(false);
  const { first, hidden, rest } = all ? { first: [], hidden: [], rest: blocks } : splitOld(blocks);
  useReadingPlace(thread, conversation.items.length, writing);

  const draw = (block: Block) => {
    if (block.kind === 'events') return <EventLines key={block.id} items={block.items} />;
    if (block.kind === 'comment') {
      return (
        <div key={block.item.id} className={classes.note}>
          <Note item={block.item} />
        </div>
      );
    }
    return (
      <Mail
        key={block.item.id}
        item={block.item}
        mailbox={conversation.mailbox.name}
        initiallyOpen={block.open}
        focus={block.focus}
        onFail={onFail}
        onReply={onReply}
      />
    );
  };
  return (
    <div className={classes.top}>
      {first.map(draw)}
      {hidden.length > 0 ? (
        <button type="button" className={classes.older} onClick={() => setAll(true)}>
          <IconChevronDown size={12} stroke={1.75} aria-hidden />
          {t('older', { count: hidden.length })}
        </button>
      ) : null}
      {rest.map(draw)}
    </div>
  );
}

/** Scrolls to the last customer mail once; what is added later is shown only to somebody who is at the end already. */
function useReadingPlace(thread: RefObject<HTMLDivElement | null>, count: number, writing: boolean) {
  const atEnd = useRef(true);
  const seen = useRef(0);
  useEffect(() => {
    const box = thread.current;
    if (!box) return;
    const look = () => {
      atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
    };
    box.addEventListener('scroll', look, { passive: true });
    return () => box.removeEventListener('scroll', look);
  }, [thread]);
  useLayoutEffect(() => {
    const box = thread.current;
    if (!box || seen.current === count) return;
    const firstTime = seen.current === 0;
    seen.current = count;
    if (firstTime) toReading(box);
    else if (atEnd.current) box.scrollTop = box.scrollHeight;
  }, [thread, count]);
  useLayoutEffect(() => {
    if (writing && thread.current) toReading(thread.current);
  }, [thread, writing]);
}

function toReading(box: HTMLElement) {
  const start = box.querySelector<HTMLElement>('[data-reading]');
  if (start) box.scrollTop = Math.max(0, start.offsetTop - box.offsetTop - 8);
}
