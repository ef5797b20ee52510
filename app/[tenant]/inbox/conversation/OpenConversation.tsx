import { useTranslations } from 'next-intl';
import { type RefObject, useEffect, useRef, useState } from 'react';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { CommentBox } from '../compose/CommentBox.tsx';
import { Composer } from '../compose/Composer.tsx';
import { EndDialog } from '../dialogs/EndDialog.tsx';
import { HoldDialog } from '../dialogs/HoldDialog.tsx';
import type { Steps } from '../list/useListSteps.ts';
import { useReadMark } from '../queries/useReadMark.ts';
import { useInbox } from '../state/InboxContext.tsx';
import { AnsweredElsewhere } from './AnsweredElsewhere.tsx';
import { CaseProblem } from './CaseProblem.tsx';
import classes from './Conversation.module.css';
import { Dock } from './Dock.tsx';
import { Head } from './Head.tsx';
import { Timeline } from './Timeline.tsx';
import { useCase } from './useCase.ts';
import { type Deeds, useDeeds } from './useDeeds.ts';

type Props = {
  conversation: ConversationShape;
  steps: RefObject<Steps | null>;
  deeds: RefObject<Deeds | null>;
  panel: boolean;
  onPanel: () => void;
};
export type Mode = 'read' | 'reply' | 'comment';

/** One conversation: head, everything that happened, and below either the deeds or what is being written. */
export function OpenConversation({ conversation, steps, deeds, panel, onPanel }: Props) {
  const t = useTranslations('conversation');
  const { slug, may, pendingReply } = useInbox();
  const [mode, setMode] = useState<Mode>(() => (pendingReply.current === conversation.id ? 'reply' : 'read'));
  useEffect(() => {
    if (pendingReply.current === conversation.id) pendingReply.current = null;
  }, [pendingReply, conversation.id]);
  const [dialog, setDialog] = useState<'hold' | 'end' | null>(null);
  const thread = useRef<HTMLDivElement>(null);
  const actions = useCase(conversation);
  useReadMark(slug, conversation.id, conversation.contentSeq);

  const ended = conversation.status === 'done';
  const work = may('conversation.work');
  const reply = () => may('conversation.reply') && setMode('reply');
  const comment = () => may('conversation.comment') && mode !== 'reply' && setMode('comment');
  const askHold = () => work && !ended && setDialog('hold');
  useDeeds(deeds, {
    reply,
    comment,
    hold: askHold,
    claim: () => work && !conversation.assignee && void actions.claim(),
    end: () => work && !ended && setDialog('end'),
    takeUp: () => work && conversation.thanks && void actions.takeUpThanks(),
    confirm: () => work && conversation.thanks && void actions.confirmThanks(),
  });
  const close = () => {
    setMode('read');
    // The keys go on where reading goes on.
    thread.current?.focus({ preventScroll: true });
  };

  return (
    <section className={classes.pane} aria-label={t('named', { number: conversation.number })}>
      <Head
        conversation={conversation}
        actions={actions}
        steps={steps}
        panel={panel}
        onPanel={onPanel}
        onHold={askHold}
      />
      {actions.problem ? (
        <div className={classes.strip}>
          <CaseProblem problem={actions.problem} onClose={actions.dismiss} />
        </div>
      ) : null}
      {conversation.answeredElsewhere ? (
        <div className={classes.strip}>
          <AnsweredElsewhere answer={conversation.answeredElsewhere} />
        </div>
      ) : null}
      <div
        ref={thread}
        className={classes.thread}
        data-pane="conversation"
        data-writing={mode === 'reply' || undefined}
        tabIndex={-1}
      >
        <Timeline
          conversation={conversation}
          thread={thread}
          writing={mode === 'reply'}
          onFail={actions.fail}
          onReply={reply}
        />
      </div>
      {mode === 'reply' ? (
        <Composer conversation={conversation} thread={thread} onClose={close} />
      ) : mode === 'comment' ? (
        <CommentBox conversation={conversation} onClose={close} />
      ) : (
        <Dock conversation={conversation} actions={actions} onReply={reply} onComment={comment} onHold={askHold} />
      )}
      <HoldDialog
        opened={dialog === 'hold'}
        onClose={() => setDialog(null)}
        onHold={(how) => {
          setDialog(null);
          void actions.hold(how);
        }}
      />
      <EndDialog
        opened={dialog === 'end'}
        onClose={() => setDialog(null)}
        onEnd={(noAnswer) => {
          setDialog(null);
          void actions.end(noAnswer);
        }}
      />
    </section>
  );
}
