declare module 'mailparser' {
  import type { Transform } from 'node:stream';

  /** One header field as mailparser keeps it: bytes as latin1 text. */
  export type HeaderLine = { key: string; line: string };

  /** A node of mailparser's MIME tree (internal to mailparser 3.9; the version is pinned). */
  export type MimeTreeNode = { contentType: string | false; headerLines: HeaderLine[]; parent?: MimeTreeNode };

  export type AttachmentStream = { type: 'attachment'; content: NodeJS.ReadableStream; release(): void };

  export class MailParser extends Transform {
    constructor(options?: Record<string, unknown>);
    textTypes: string[];
    curnode: MimeTreeNode | false;
    createNode(node: unknown): MimeTreeNode;
    processHeaders(lines: HeaderLine[]): Map<string, unknown>;
    getTextContent(): { type: 'text' };
  }
}
