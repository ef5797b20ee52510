import { freshMail } from '#prisma/seed/company/fresh.ts';
import { mailboxes } from '#prisma/seed/company/people.ts';

/** Prints the n-th new customer's mail as JSON. A program of its own, for it is TypeScript and bin/demo isn't. */
const { mailbox, subject, raw } = freshMail(Number(process.argv[2]), new Date());
const { address } = mailboxes[mailbox];
// As prisma/seed/found-company.ts names the account's user at the mail server.
const user = address.replace('@', '.');
console.log(JSON.stringify({ address, user, subject, raw: raw.toString('base64') }));
