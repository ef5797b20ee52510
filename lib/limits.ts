const KB = 1024;
const MB = 1024 * KB;

/** The limits of domain.md 1, in bytes or counts. The administrator's guide prints this table. */
export const LIMITS = {
  /** One inbound mail, bytes as fetched: above it the screen shows a placeholder and the server keeps the mail. */
  inboundMail: 50 * MB,
  /** One outbound mail, bytes after encoding: what most Japanese providers still accept. */
  outboundMail: 20 * MB,
  /** One request body of the API, bytes. */
  apiBody: 25 * MB,
  /** To, Cc and Bcc of one mail together. */
  recipients: 100,
  /** All header lines of one inbound mail, bytes: beyond it the rest is not parsed. */
  header: 1 * MB,
  /** One template with its HTML, bytes. */
  template: 200 * KB,
  /** Rows of one CSV export. */
  exportRows: 1_000_000,
  /** Mails up to here come with the FETCH itself, larger ones as a stream (architecture.md 4). */
  fetchInline: 1 * MB,
  /** UIDs of one pull. */
  pullChunk: 500,
  /** Mails of one receiving transaction. */
  receiveBatch: 100,
  /** One picture from outside, bytes. */
  remoteImage: 5 * MB,
  /** And how long its host may take, milliseconds. */
  remoteImageMs: 10_000,
  /** A count in the navigation stops here and shows "999+" (architecture.md 3). */
  countCap: 999,
} as const;
