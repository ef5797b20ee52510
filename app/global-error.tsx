'use client';

import en from '#messages/en/common.json';
import ja from '#messages/ja/common.json';

/**
 * The document itself couldn't be made: no theme, no provider and nobody's language, so it says it in both and in the
 * browser's own type. Everything else that fails is shown by error.tsx.
 */
export default function GlobalError({ error }: { error: unknown }) {
  const id = (error as { digest?: string } | null)?.digest;
  return (
    <html lang="ja">
      <body>
        {[ja.page, en.page].map((page, index) => (
          <main key={page.errorTitle} lang={index === 0 ? 'ja' : 'en'}>
            <h1>{page.errorTitle}</h1>
            <p>{page.errorText}</p>
            {id ? <p>{page.errorId.replace('{id}', id)}</p> : null}
            <p>
              <a href="/">{page.home}</a>
            </p>
          </main>
        ))}
      </body>
    </html>
  );
}
