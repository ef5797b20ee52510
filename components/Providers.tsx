'use client';

// First, so that its layer lies under Mantine's.
import '#components/theme/global.css';
import '@mantine/core/styles.layer.css';
import '@mantine/notifications/styles.layer.css';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { setNonce } from 'get-nonce';
import { type AbstractIntlMessages, NextIntlClientProvider } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { isPassing } from '#components/net/problem.ts';
import { cssVariablesResolver } from '#components/theme/resolver.ts';
import { theme } from '#components/theme/theme.ts';
import toast from '#components/ui/Toast.module.css';

type Props = { nonce: string; locale: string; messages: AbstractIntlMessages; timeZone: string; children: ReactNode };

// Refusals don't get better by asking again; a broken line may.
const queries = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        retry: (count, error) => count < 2 && isPassing(error),
        refetchOnWindowFocus: true,
        staleTime: 15_000,
      },
    },
  });

/** Everything the client parts need around them. */
export function Providers({ nonce, locale, messages, timeZone, children }: Props) {
  // The nonce belongs to the document: a soft navigation brings a new one, which this document's CSP wouldn't accept.
  const [firstNonce] = useState(nonce);
  const [client] = useState(queries);
  if (typeof window !== 'undefined') setNonce(firstNonce);
  return (
    <NextIntlClientProvider locale={locale} messages={messages} timeZone={timeZone}>
      <QueryClientProvider client={client}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariablesResolver}
          defaultColorScheme="auto"
          getStyleNonce={() => firstNonce}
        >
          <Notifications position="bottom-center" autoClose={6000} limit={3} classNames={{ root: toast.place }} />
          {children}
        </MantineProvider>
      </QueryClientProvider>
    </NextIntlClientProvider>
  );
}
