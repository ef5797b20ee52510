export { blobSize, hasBlob, openBlob, readBlob } from '#lib/blobs/get.ts';
export { putBlob, type StoredBlob } from '#lib/blobs/put.ts';
export { removeBlob, removeStaleIncoming } from '#lib/blobs/remove.ts';
