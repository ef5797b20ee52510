'use client';

import { ErrorPage } from '#components/pages/ErrorPage.tsx';

type Props = { error: unknown; retry: () => void };

/** What a page threw; the digest is the number under which the log has the rest. */
export default function PageError({ error, retry }: Props) {
  return <ErrorPage id={(error as { digest?: string } | null)?.digest} retry={retry} />;
}
