import type { ParsedMail } from '#lib/mail/parse.ts';
import { splitQuote } from '#lib/mail/quote.ts';

const MAX_CHARACTERS = 80;
const SIGNATURE = /^(-- ?|[-_=*＿─━―]{3,}|[*＊]{3,}.*)\s*$/;
const THANKS =
  /ありがと|有難う|有り難う|感謝|お礼申し上げ|御礼|助かりました|承知(いた|しま|です)|了解(いた|しま|です)|かしこまりました|わかりました|分かりました|(届き|受け取り|確認(いた)?し)ました|thank ?you|thanks/i;
/** Sentences that ask for nothing and tell nothing new. A sentence that is none of these needs a reader. */
const HARMLESS = [
  THANKS,
  /^(いつも)?(大変)?お世話(に|様)(なって|になって)?(おり|い)?(ます|ました)?$/,
  /^(こんにち[はわ]|こんばん[はわ]|おはようございます|お疲れ様です|はじめまして|hello|hi)\W*$/i,
  /^(今後|これから)?(とも)?(どうぞ|何卒)?(よろしく|宜しく)お願い(いた|致|申)?し(ます|上げます)$/,
  /^また(ぜひ)?(利用|注文|購入|お願い)(させていただき|いた)?し?ます$/,
  /^(取り急ぎ|まずは).{0,10}まで$/,
  /^(失礼(いた)?します|以上です?|best ?regards|regards|sincerely)$/i,
  /^.{1,20}(様|さま|御中|です|と申します)$/,
  /^[\p{Script=Han}\p{Script=Katakana}々ヶー・]{1,12}$/u,
  /^[A-Za-z.]{1,24}$/,
];

/**
 * お礼 (domain.md 1): under 80 characters of the writer's own words, a phrase of thanks, and nothing that asks: no question mark,
 * no か (but 助かりました), no attachment, no number that could be an order. Every single sentence must be a known harmless one,
 * because a wrong "thanks" is a forgotten mail.
 */
export function isThanks(mail: ParsedMail, readWords: () => string = () => splitQuote(mail.text).own): boolean {
  if (mail.attachments.some((a) => !a.inline) || !THANKS.test(mail.text.slice(0, LONGEST_OWN))) return false;
  const own = readWords();
  if (own.length > LONGEST_OWN) return false;
  const sentences = ownSentences(own);
  const words = sentences.join('');
  if (words === '' || Array.from(words).length >= MAX_CHARACTERS || !THANKS.test(words)) return false;
  if (/[?]|\d{3,}/.test(words)) return false;
  if (words.replace(/助か|わかり|分かり|確か|かしこまり/g, '').includes('か')) return false;
  if (
    /(下さい|ください|ほしい|欲しい|希望|たい(です|と)|教え|まだ|です?が|ました?が|けど|しかし|ただし|違|壊|間違|不良|返品|返金|交換|キャンセル|変更|至急|困|問題|不具合|エラー|できな|ありません|届いて(い)?ません|足り|汚れ|傷|遅|but|please|however|wrong|broken|not )/i.test(
      words,
    )
  )
    return false;
  return sentences.every((sentence) => HARMLESS.some((pattern) => pattern.test(sentence)));
}

/** Own text with a signature; longer is more than thanks. */
const LONGEST_OWN = 2000;
/** Characters of a sentence that are looked at: thanks have under 80 in all (domain.md 1). */
const LONGEST_SENTENCE = 200;

/** The text without signature, white space, emoji and closing marks, in sentences, NFKC. */
function ownSentences(own: string): string[] {
  const lines = own.normalize('NFKC').split('\n');
  const end = lines.findIndex((line, i) => i > 0 && SIGNATURE.test(line));
  return (
    (end < 0 ? lines : lines.slice(0, end))
      .flatMap((line) => line.split(/[。.!、,]|〓|\p{Extended_Pictographic}/u))
      // No thanks are that long; and a pattern bound to the end of a line is quadratic in it.
      .map((sentence) =>
        sentence
          .slice(0, LONGEST_SENTENCE)
          .replace(/[\s~〜ー笑♪☆★^_()（）;]+$/u, '')
          .replace(/\s+/g, ''),
      )
      .filter((sentence) => sentence !== '')
  );
}
