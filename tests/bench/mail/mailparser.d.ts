declare module 'mailparser' {
  type SimpleMail = { subject?: string; text?: string; messageId?: string; html?: string | false };
  /** The whole mail at once; the benchmark's limit alone uses it. */
  export function simpleParser(source: Buffer, options?: Record<string, unknown>): Promise<SimpleMail>;
}
