import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../paths.mjs';

/** The last words of a start: where to look, and as whom. */
export function greeting({ url, sinkUrl, password }) {
  const people = JSON.parse(readFileSync(path.join(root, 'prisma/seed/sign-ins.json'), 'utf8'));
  const rows = people.map(({ tenant = '', role, email, note }) => `    ${email}  ${role}  ${tenant}\n        ${note}`);
  return `
Madoguchi 窓口 is running.

  Address:         ${url}
  Customers' mail: ${sinkUrl}   (what the customers got: every mail that is sent ends there)

  Sign in with the password  ${password}  as
${rows.join('\n')}

  A new customer's mail arrives with:  bin/demo mail
  Ctrl-C ends everything. The data stays; bin/demo --reset begins anew.
`;
}
