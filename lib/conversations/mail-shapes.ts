/** What the routes of one mail answer. Types only, as in shapes.ts. */
import type { AddressShape } from '#lib/conversations/shapes.ts';

/** One mail read again in another charset; `filenames` by attachment id. */
export type RereadMail = {
  charset: string;
  subject: string;
  from: AddressShape;
  text: string;
  quotedFrom: number | null;
  filenames: Record<string, string>;
};

/** 原文: the headers in order, decoded, and the header block as it came. */
export type MailSource = {
  headers: [name: string, value: string][];
  raw: string;
  /** More headers stand in the file than are shown. */
  cut: boolean;
  /** Bytes of the file. */
  size: number;
  /** Only the header was fetched, because the mail is too large. */
  headOnly: boolean;
};
