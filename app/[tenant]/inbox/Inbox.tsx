'use client';

import { VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { NextIntlClientProvider, useLocale, useTranslations } from 'next-intl';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { SideDrawer } from '#components/ui/SideDrawer.tsx';
import type { InboxShell } from '#lib/conversations/shapes.ts';
import { ConversationPane } from './conversation/ConversationPane.tsx';
import type { Deeds } from './conversation/useDeeds.ts';
import { KeysDialog } from './dialogs/KeysDialog.tsx';
import classes from './Inbox.module.css';
import { useKeys } from './keys/useKeys.ts';
import { List } from './list/List.tsx';
import type { Steps } from './list/useListSteps.ts';
import { Panel } from './panel/Panel.tsx';
import { useShell } from './queries/useShell.ts';
import { useStream } from './queries/useStream.ts';
import { Rail } from './rail/Rail.tsx';
import { InboxProvider } from './state/InboxContext.tsx';
import { LiveRegion, useAnnouncer } from './state/LiveRegion.tsx';
import { usePlace } from './state/usePlace.ts';

/** The inbox. Times are written in the company's zone. */
export function Inbox({ first }: { first: InboxShell }) {
  const shell = useShell(first);
  // Another person signed in in another tab: nothing of the one before may stay on this screen.
  useEffect(() => {
    if (shell.me.id !== first.me.id) window.location.reload();
  }, [shell.me.id, first.me.id]);
  return (
    <NextIntlClientProvider locale={useLocale()} timeZone={shell.tenant.zone}>
      <Panes shell={shell} />
    </NextIntlClientProvider>
  );
}

function Panes({ shell }: { shell: InboxShell }) {
  const t = useTranslations('inbox');
  const { slug } = shell.tenant;
  const { place, go } = usePlace(slug);
  const { said, announce } = useAnnouncer();
  const steps = useRef<Steps | null>(null);
  const deeds = useRef<Deeds | null>(null);
  const [drawer, setDrawer] = useState<'rail' | 'panel' | null>(null);
  const [panel, setPanel] = useState(true);
  const [help, setHelp] = useState(false);
  const narrow = useMediaQuery('(max-width: 82.49em)') ?? false;
  useStream(slug);

  const may = useCallback((action: keyof InboxShell['me']['may']) => shell.me.may[action] === true, [shell.me.may]);
  const pendingReply = useRef<string | null>(null);
  const shown = useRef(place.conversation);
  shown.current = place.conversation;
  const writeAgain = useCallback(
    (id: string) => {
      if (shown.current === id && deeds.current) return deeds.current.reply();
      pendingReply.current = id;
      go({ conversation: id });
    },
    [go],
  );
  const value = useMemo(
    () => ({ slug, shell, place, go, may, announce, pendingReply, writeAgain }),
    [slug, shell, place, go, may, announce, writeAgain],
  );
  const togglePanel = useCallback(() => {
    if (window.matchMedia('(max-width: 82.49em)').matches) setDrawer((open) => (open === 'panel' ? null : 'panel'));
    else setPanel((on) => !on);
  }, []);
  const closeDrawer = useCallback(() => setDrawer(null), []);
  useKeys({
    steps,
    deeds,
    open: place.conversation !== null,
    onBack: useCallback(() => go({ conversation: null }, 'replace'), [go]),
    onPanel: togglePanel,
    onHelp: useCallback(() => setHelp(true), []),
  });
  const open = place.conversation;
  const beside = open !== null && panel;

  return (
    <InboxProvider value={value}>
      <VisuallyHidden component="h1">{t('title')}</VisuallyHidden>
      <div className={classes.inbox} data-open={open ? '' : undefined} data-panel={beside ? undefined : 'off'}>
        <div className={classes.rail}>
          <Rail />
        </div>
        <List key={`${place.view} ${place.mailbox ?? ''}`} steps={steps} onRail={() => setDrawer('rail')} />
        <ConversationPane
          id={open}
          steps={steps}
          deeds={deeds}
          panel={narrow ? drawer === 'panel' : panel}
          onPanel={togglePanel}
        />
        {beside && open ? (
          <div className={classes.side}>
            <Panel id={open} />
          </div>
        ) : null}
      </div>
      <SideDrawer opened={drawer === 'rail'} onClose={closeDrawer} size={264} title={t('rail.label')}>
        <Rail onGo={closeDrawer} />
      </SideDrawer>
      <SideDrawer
        opened={drawer === 'panel' && open !== null}
        onClose={closeDrawer}
        position="right"
        size={320}
        title={t('customer')}
      >
        {open ? <Panel id={open} onGo={closeDrawer} /> : null}
      </SideDrawer>
      <KeysDialog opened={help} onClose={() => setHelp(false)} />
      <LiveRegion said={said} />
    </InboxProvider>
  );
}
