import type { ParsedMail } from '#lib/mail/parse.ts';
import { splitQuote } from '#lib/mail/quote.ts';

const MAX_CHARACTERS = 80;
const PHRASES =
  /ありがとう|有難う|有り難う|感謝|お礼申し上げ|御礼|助かりました|承知(いた|しま|です)|了解(いた|しま|です)|かしこまりました|わかりました|分かりました|確認(いた|し)ました|届きました|受け取りました|thank you|thanks/i;
const SIGNATURE = /^(-- ?|[-_=*＿─━―]{3,}|[*＊]{3,}.*)\s*$/;

/**
 * お礼 (domain.md 1): under 80 characters of the writer's own words, a phrase of thanks, and nothing that asks for anything: no
 * question mark, no か (but 助かりました), no attachment, no number that could be an order.
 */
export function isThanks(mail: ParsedMail): boolean {
  if (mail.attachments.some((a) => !a.inline)) return false;
  const words = ownWords(splitQuote(mail.text).own);
  if (words === '' || Array.from(words).length >= MAX_CHARACTERS) return false;
  if (!PHRASES.test(words)) return false;
  const plain = words.normalize('NFKC').replace(/助か|わかりました|分かりました|確かに|温か|暖か/g, '');
  return !/[?か]|\d{4,}|[A-Za-z]+-?\d{3,}|下さい|ください|ほしい|欲しい|お願い(し|い|致)|教えて|まだ|ですが|ましたが|but\b|please|could you|can you/i.test(
    plain,
  );
}

/** The text without the signature and without white space. */
function ownWords(own: string): string {
  const lines = own.split('\n');
  const end = lines.findIndex((line, i) => i > 0 && SIGNATURE.test(line));
  return (end < 0 ? lines : lines.slice(0, end)).join('').replace(/[\s　]+/g, '');
}
