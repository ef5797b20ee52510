import { useTranslations } from 'next-intl';
import { type RefObject, useRef, useState } from 'react';
import { useProblemText } from '#components/ui/useProblemText.ts';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { HoldDialog } from '../dialogs/HoldDialog.tsx';
import { CharsetChoice } from './CharsetChoice.tsx';
import classes from './Composer.module.css';
import { ComposerDock } from './ComposerDock.tsx';
import { DraftBanners } from './DraftBanners.tsx';
import { ElsewhereBanner } from './ElsewhereBanner.tsx';
import { MessageText } from './MessageText.tsx';
import { QuoteFold } from './QuoteFold.tsx';
import { RecipientField } from './RecipientField.tsx';
import { SaveMark } from './SaveMark.tsx';
import { StoppedBanner } from './StoppedBanner.tsx';
import { UnfitBanner } from './UnfitBanner.tsx';
import { useDraft } from './useDraft.ts';
import { useSend } from './useSend.ts';
import { Wrong } from './Wrong.tsx';

type Props = {
  conversation: ConversationShape;
  thread: RefObject<HTMLDivElement | null>;
  onClose: () => void;
};

/** Writing an answer, below the mail it answers. Whatever happens, the words stay (design.md 6: what is safe). */
export function Composer({ conversation, thread, onClose }: Props) {
  const t = useTranslations('compose');
  const say = useProblemText();
  const { keeper, view, from, lost } = useDraft(conversation);
  const { draft } = view;
  const text = useRef<HTMLTextAreaElement>(null);
  const pending = useRef({ to: '', cc: '' });
  const send = useSend({ conversation, keeper, pending, onSent: onClose });
  const [asking, setAsking] = useState(false);
  const wrong = (field: string) => (send.problem?.field === field ? say(send.problem) : null);
  const focusText = () => text.current?.focus();
  const close = () => {
    void keeper.flush();
    onClose();
  };

  return (
    <section
      className={classes.composer}
      aria-label={t('label')}
      data-pane="composer"
      onKeyDown={(event) => {
        // A dialog or menu of the composer stands elsewhere in the document; its keys are its own.
        if (event.nativeEvent.isComposing || !event.currentTarget.contains(event.target as Node)) return;
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          if (send.usual === 'hold') setAsking(true);
          else void send.send(send.usual);
        } else if (event.key === 'Escape' && !event.defaultPrevented) {
          event.preventDefault();
          event.stopPropagation();
          close();
        }
      }}
    >
      <div className={classes.banners}>
        {send.stopped || conversation.contentSeq > draft.seenContentSeq ? (
          <StoppedBanner
            conversation={conversation}
            stopped={send.stopped}
            thread={thread}
            onSeen={(contentSeq) => {
              keeper.seen(contentSeq);
              send.clear();
              focusText();
            }}
            onSend={(contentSeq) => {
              keeper.seen(contentSeq);
              void send.send(send.tried ?? send.usual, send.until);
            }}
          />
        ) : null}
        {send.elsewhere ? (
          <ElsewhereBanner
            stopped={send.elsewhere}
            onBack={() => {
              send.clear();
              focusText();
            }}
            onSend={() => void send.sendAllTheSame()}
          />
        ) : null}
        <UnfitBanner draft={draft} keeper={keeper} />
        <DraftBanners
          keeper={keeper}
          view={view}
          from={from}
          lost={lost}
          problem={send.problem?.field ? null : send.problem}
        />
      </div>
      <div className={classes.scroll}>
        <RecipientField
          label={t('to')}
          value={draft.to}
          onChange={(to) => keeper.change({ to })}
          onPending={(typed) => {
            pending.current.to = typed;
          }}
          error={wrong('to')}
        />
        <RecipientField
          label={t('cc')}
          value={draft.cc}
          onChange={(cc) => keeper.change({ cc })}
          onPending={(typed) => {
            pending.current.cc = typed;
          }}
          error={wrong('cc')}
        />
        <div className={classes.field}>
          <span className={classes.label}>{t('from')}</span>
          <span>
            {conversation.replyDefaults.from.name}{' '}
            <span className={classes.quiet}>{conversation.replyDefaults.from.address}</span>
          </span>
        </div>
        <div className={classes.field}>
          <label className={classes.label} htmlFor="subject">
            {t('subject')}
          </label>
          <input
            id="subject"
            className={classes.subject}
            value={draft.subject}
            maxLength={998}
            onChange={(event) => keeper.change({ subject: event.currentTarget.value })}
          />
        </div>
        <Wrong text={wrong('subject')} />
        <MessageText
          ref={text}
          value={draft.text}
          onChange={(value) => keeper.change({ text: value })}
          error={wrong('text')}
        />
        <QuoteFold
          conversation={conversation}
          onInsert={(quote) => keeper.change({ text: `${draft.text.trimEnd()}\n\n${quote}\n` })}
        />
      </div>
      <div className={classes.bar}>
        <CharsetChoice
          value={draft.charset}
          suggested={conversation.suggestJis}
          onChange={(charset) => keeper.change({ charset })}
        />
        <span className={classes.grow} />
        <SaveMark view={view} />
      </div>
      <ComposerDock
        usual={send.usual}
        busy={send.busy}
        disabled={!conversation.canSend}
        onSend={(then) => (then === 'hold' ? setAsking(true) : void send.send(then))}
        onDiscard={async () => {
          if (await send.discard()) onClose();
        }}
        onClose={close}
      />
      <HoldDialog
        opened={asking}
        sending
        onClose={() => setAsking(false)}
        onHold={({ until }) => {
          setAsking(false);
          void send.send('hold', until);
        }}
      />
    </section>
  );
}
