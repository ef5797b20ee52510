export type Manifest = {
  to: string;
  seed: number;
  mails: number;
  bytes: number;
  distinct: number;
  duplicates: number;
  conversations: number;
  attachments: number;
  classes: Record<string, number>;
};
export function makeMailbox(wanted: { out: string; mails?: number; seed?: number; to?: string }): Manifest;
