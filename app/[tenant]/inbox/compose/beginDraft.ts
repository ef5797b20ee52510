import { newId } from '#components/net/newId.ts';
import type { ConversationShape } from '#lib/conversations/shapes.ts';
import { type LocalDraft, sameWords } from './localDraft.ts';

export type Beginning = {
  draft: LocalDraft;
  /** restored: this device had words the server hasn't. elsewhere: another device saved newer ones than these. */
  from: 'new' | 'server' | 'restored' | 'elsewhere';
};

/**
 * What the composer opens with. Words that only this device has win over the server's older ones; when another device has
 * saved since, the server's are shown and this device's are offered, not thrown away.
 */
export function beginDraft(conversation: ConversationShape, local: LocalDraft | null): Beginning {
  const { draft: server, replyDefaults, contentSeq } = conversation;
  // A last save on leaving may have arrived without this device learning its version: the words tell.
  if (local && !local.synced && !(server && sameWords(server, local))) {
    if (!server || server.version <= local.version) return { draft: local, from: 'restored' };
    return { draft: { ...server, savedAt: server.updatedAt, synced: true }, from: 'elsewhere' };
  }
  if (server) return { draft: { ...server, savedAt: server.updatedAt, synced: true }, from: 'server' };
  return {
    draft: {
      clientId: newId(),
      to: replyDefaults.to,
      cc: replyDefaults.cc,
      subject: replyDefaults.subject,
      text: replyDefaults.text,
      charset: 'utf-8',
      seenContentSeq: contentSeq,
      version: 0,
      savedAt: '',
      synced: true,
    },
    from: 'new',
  };
}
