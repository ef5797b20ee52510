import { freshMail } from '#prisma/seed/company/fresh.ts';
import { mailboxes } from '#prisma/seed/company/people.ts';

/** Prints the n-th new customer's mail as JSON. A program of its own, for it is TypeScript and bin/demo isn't. */
const { mailbox, subject, raw } = freshMail(Number(process.argv[2]), new Date());
const to = mailboxes[mailbox].address;
console.log(JSON.stringify({ to, subject, raw: raw.toString('base64') }));
