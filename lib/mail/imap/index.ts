/** The IMAP side of a mail account: what lib/inbound and lib/accounts use. */
export { isBusyAnswer } from '#lib/mail/imap/busy.ts';
export { closeImap, connectImap, type ImapSettings } from '#lib/mail/imap/connect.ts';
export type { FetchedMail } from '#lib/mail/imap/fetch-listed.ts';
export { type FetchNewOptions, fetchNew, fetchThese } from '#lib/mail/imap/fetch-new.ts';
export { type OpenFolder, openFolder, UidValidityChanged } from '#lib/mail/imap/folder.ts';
export { findSentFolders } from '#lib/mail/imap/folders.ts';
export { sentFolderOf } from '#lib/mail/imap/predicates.ts';
export { isRefusal } from '#lib/mail/imap/refusal.ts';
export { uidsBetween, uidsSince } from '#lib/mail/imap/search-uids.ts';
export { appendSent, findByMessageId } from '#lib/mail/imap/sent.ts';
export { isListed } from '#lib/mail/imap/source.ts';
export { type FoldersToRead, type ImapFolder, testImap } from '#lib/mail/imap/test-imap.ts';
