import { type EmojiTable, emojiTable } from '#lib/mail/charset/emoji/table.ts';

/** docomo's emoji by their private Unicode; Shift_JIS F89F to F9FC stand in the same order. */
export const DOCOMO: EmojiTable = emojiTable([
  [
    0xe63e,
    `☀ ☁ ☔ ⛄ ⚡ 🌀 🌁 🌂 ♈ ♉ ♊ ♋ ♌ ♍ ♎ ♏ ♐ ♑ ♒ ♓ 🎽 ⚾ ⛳ 🎾
    ⚽ 🎿 🏀 🏁 📟 🚃 Ⓜ 🚄 🚗 🚙 🚌 🚢 ✈ 🏠 🏢 🏣 🏥 🏦 🏧 🏨 🏪 ⛽ 🅿 🚥
    🚻 🍴 ☕ 🍸 🍺 🍔 👠 ✂ 🎤 🎥 ↗ 🎠 🎧 🎨 🎩 🎪 🎫 🚬 🚭 📷 👜 📖 🎀 🎁
    🎂 ☎ 📱 📝 📺 🎮 💿 ♥ ♠ ♦ ♣ 👀 👂 ✊ ✌ ✋ ↘ ↖ 👣 👟 👓 ♿ 🌑 🌔
    🌓 🌙 🌕 🐶 🐱 ⛵ 🎄 ↙`,
  ],
  [0xe6ac, '🎬 👝 ✒ 〓 〓 👤 💺 🌃 〓 〓 〓 🔜 🔛 🔚 ⏰'],
  [
    0xe6ce,
    `📲 📩 📠 〓 〓 ✉ 〓 〓 💴 🆓 🆔 🔑 ↩ 🆑 🔍 🆕 🚩 ➿ #⃣ 〓 1⃣ 2⃣ 3⃣ 4⃣
    5⃣ 6⃣ 7⃣ 8⃣ 9⃣ 0⃣`,
  ],
  [
    0xe6ec,
    `❤ 💓 💔 💕 😃 😠 😞 😖 😵 ⤴ 🎵 ♨ 💠 💋 ✨ 💡 💢 👊 💣 🎶 ⤵ 💤 ❗ ⁉
    ‼ 💥 💦 💧 💨 〰 ➰ 🆗 〓 〓 👕 👛 💄 👖 🏂 🔔 🚪 💰 💻 💌 🔧 ✏ 👑 💍
    ⏳ 🚲 🍵 ⌚ 😔 😌 😅 😓 😡 😒 😍 👍 😜 😉 😆 😣 😏 😭 😢 🆖 📎 © ™ 🏃
    ㊙ ♻ ® ⚠ 🈲 🈳 🈴 🈵 ↔ ↕ 🏫 🌊 🗻 🍀 🍒 🌷 🍌 🍎 🌱 🍁 🌸 🍙 🍰 🍶
    🍜 🍞 🐌 🐤 🐧 🐟 😋 😁 🐴 🐷 🍷 😱`,
  ],
]);
