import { answerWith, dropConnection } from './answers.mjs';

/**
 * An SMTP server that keeps every mail in `store` and misbehaves as `faults` says.
 * @param {{store: object, faults: object, password?: string, tls?: {cert: Buffer, key: Buffer}, secure?: boolean,
 *   maxBytes?: number}} wanted password: without it any is right; tls: STARTTLS (or TLS at once with secure)
 */
export async function smtpServer({ store, faults, password, tls, secure = false, maxBytes }) {
  // Not at the top: this file is read before npm install has run.
  const { SMTPServer } = await import('smtp-server');
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: tls && !secure ? [] : ['STARTTLS'],
    secure,
    ...tls,
    size: maxBytes,
    logger: false,
    closeTimeout: 100,
    onAuth(auth, _session, callback) {
      const fault = faults.meeting('auth', [auth.username]);
      const wrong = password !== undefined && auth.password !== password;
      if (fault || wrong) return callback(answerWith(535, 'Authentication credentials invalid'));
      callback(null, { user: auth.username });
    },
    onRcptTo(address, session, callback) {
      const fault = faults.meeting('rcpt', [address.address]);
      if (!fault) return callback();
      misbehave(server, fault, session, callback);
    },
    onData(stream, session, callback) {
      receive({ server, store, faults, stream, session, callback });
    },
  });
  server.on('error', () => {}); // a client that left; the tests look at the client's side
  return server;
}

function receive({ server, store, faults, stream, session, callback }) {
  const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
  if (faults.meeting('data', recipients)) return dropConnection(server, session);
  const cut = faults.meeting('body', recipients);
  const chunks = [];
  stream.on('data', (chunk) => (cut ? dropConnection(server, session) : chunks.push(chunk)));
  stream.on('end', () => {
    if (cut) return; // a small body arrives whole before the cut
    if (stream.sizeExceeded) return callback(answerWith(552, 'Message exceeds fixed maximum message size'));
    const fault = faults.meeting('end', recipients);
    const keep = () => {
      const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
      store.add({ from, to: recipients, user: session.user ?? '', raw: Buffer.concat(chunks) });
    };
    if (!fault || fault.keeps) keep();
    if (!fault) return callback();
    misbehave(server, fault, session, callback);
  });
}

function misbehave(server, fault, session, callback) {
  if (fault.code) return callback(answerWith(fault.code, `Refused by the test (${fault.mode})`));
  if (fault.drop) return dropConnection(server, session);
  if (fault.slow) setTimeout(callback, fault.ms);
}
