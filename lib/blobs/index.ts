export { blobSize, hasBlob, openBlob, readBlob, readBlobHead, readBlobWaiting } from '#lib/blobs/get.ts';
export { putBlob, putBlobs, type StoredBlob } from '#lib/blobs/put.ts';
export { removeBlob, removeStaleIncoming } from '#lib/blobs/remove.ts';
