/**
 * Hands a mail to Dovecot by LMTP, as the provider's own mail server would.
 * @param {{lmtpPort: number}} server
 * @param {{from: string, to: string, raw: string | Uint8Array}} mail `to` is the IMAP user
 */
export async function deliverByLmtp({ lmtpPort }, { from, to, raw }) {
  const { default: nodemailer } = await import('nodemailer');
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: lmtpPort, lmtp: true, ignoreTLS: true });
  try {
    await transport.sendMail({ envelope: { from, to }, raw: typeof raw === 'string' ? raw : Buffer.from(raw) });
  } finally {
    transport.close();
  }
}

/**
 * Puts mails into a folder by IMAP APPEND, each with the date it is said to have arrived at.
 * @param {{imapPort: number, password: string}} server
 * @param {{raw: string | Uint8Array, at?: Date, flags?: string[]}[]} mails in the order their UIDs shall have
 */
export async function appendMails({ imapPort, password }, user, mails, mailbox = 'INBOX') {
  const { ImapFlow } = await import('imapflow');
  const auth = { user, pass: password };
  const client = new ImapFlow({
    host: '127.0.0.1',
    port: imapPort,
    secure: false,
    doSTARTTLS: false,
    auth,
    logger: false,
  });
  await client.connect();
  try {
    for (const { raw, at, flags = [] } of mails) await client.append(mailbox, Buffer.from(raw), flags, at);
  } finally {
    await client.logout();
  }
}
