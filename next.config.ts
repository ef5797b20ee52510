import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const config: NextConfig = {
  poweredByHeader: false,
  // `forbidden()`: a page that exists and that this role may not use answers 403, not 200 and not 500.
  experimental: { authInterrupts: true },
  productionBrowserSourceMaps: false,
  // `npm run types` (bin/test) checks the whole tree, tests and all; a build neither repeats it nor fails by a test's type.
  typescript: { ignoreBuildErrors: true },
  // Libraries that need real files or load parts of themselves by name: left in node_modules, not bundled.
  serverExternalPackages: [
    ...['@prisma/client', '@prisma/adapter-pg', 'pg', 'bullmq', 'ioredis'],
    ...['imapflow', 'mailparser', 'nodemailer', 'sanitize-html', 'encoding-japanese', 'iconv-lite'],
  ],
};

export default createNextIntlPlugin('./app/_i18n/request.ts')(config);
