import { randomUUIDv7 } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A new uuid v7: close ids lie close in an index. Never an order and never shown (domain.md 5.1). */
export const newId = (): string => randomUUIDv7();

/** True for a uuid in lower case, of any version: seeds and tests bring their own. */
export const isId = (value: unknown): value is string => typeof value === 'string' && UUID.test(value);
