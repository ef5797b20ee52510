import { closeDatabase } from '#lib/db/client.ts';
import { env } from '#lib/env.ts';
import { closeQueue } from '#lib/queue/index.ts';
import { closeRealtime } from '#lib/realtime/index.ts';
import { operator } from '#prisma/provision/operator.ts';
import { companiesOn, seedDayOf } from '#prisma/seed/company/index.ts';
import { finishCompany } from '#prisma/seed/finish.ts';
import { foundCompany } from '#prisma/seed/found-company.ts';
import { closeBoxes } from '#prisma/seed/inbox.ts';
import { playCompany } from '#prisma/seed/play.ts';
import { seedSettings } from '#prisma/seed/settings.ts';

/**
 * The sample companies: founded by the operator, then lived through by the real pipeline. Every mail is put into the IMAP
 * server with its date and received, every answer is sent by SMTP, with a business clock that runs through sixty days.
 */
const settings = seedSettings();
const db = operator(env.migrateDatabaseUrl);
const day = seedDayOf(new Date());
try {
  for (const company of companiesOn(day)) {
    const founded = await foundCompany(db, company, settings);
    await playCompany(company, founded, day, (text) => console.log(`${company.name}: ${text}`));
    await finishCompany(db, founded.tenantId);
  }
} finally {
  await closeBoxes();
  await db.$disconnect();
  closeRealtime();
  await closeQueue();
  await closeDatabase();
}
