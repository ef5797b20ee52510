import { expect, test } from 'vitest';
import type { ConversationShape, DraftShape } from '#lib/conversations/shapes.ts';
import { beginDraft } from './beginDraft.ts';
import type { LocalDraft } from './localDraft.ts';

const fields = { to: [], cc: [], subject: 's', charset: 'utf-8' as const };
const server: DraftShape = {
  ...fields,
  clientId: 'c',
  text: 'server',
  seenContentSeq: 1,
  version: 3,
  updatedAt: '2026-11-21T00:00:00Z',
};
const local: LocalDraft = {
  ...fields,
  clientId: 'c',
  text: 'here',
  seenContentSeq: 1,
  version: 3,
  savedAt: '',
  synced: false,
};
const conversation = (draft: DraftShape | null) =>
  ({
    draft,
    contentSeq: 7,
    replyDefaults: { ...fields, text: '\n\n署名', from: { name: '', address: '' } },
  }) as unknown as ConversationShape;

test('a new reply starts from the defaults and from what has been seen', () => {
  const { draft, from } = beginDraft(conversation(null), null);
  expect([from, draft.text, draft.seenContentSeq, draft.version]).toEqual(['new', '\n\n署名', 7, 0]);
});

test('words that the server hasn’t are restored', () => {
  expect(beginDraft(conversation(server), local)).toMatchObject({ from: 'restored', draft: { text: 'here' } });
  expect(beginDraft(conversation(null), local)).toMatchObject({ from: 'restored' });
});

test('another device’s newer words are shown, not overwritten', () => {
  expect(beginDraft(conversation({ ...server, version: 4 }), local)).toMatchObject({
    from: 'elsewhere',
    draft: { text: 'server' },
  });
});

test('what is saved on both sides comes from the server', () => {
  expect(beginDraft(conversation(server), { ...local, synced: true })).toMatchObject({ from: 'server' });
});

test('a last save on leaving that did arrive is no other device', () => {
  const same = { ...server, text: 'here', version: 4 };
  expect(beginDraft(conversation(same), local)).toMatchObject({ from: 'server', draft: { version: 4 } });
});
