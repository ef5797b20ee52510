import { env } from '#lib/env.ts';

/** Bytes above which an inbound mail is a placeholder and stays on the server (INBOUND_MAIL_MB, domain.md 1). */
export const inboundCap = (): number => env.inboundMailMb * 1024 * 1024;
