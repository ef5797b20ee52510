/** Text made safe inside HTML. */
export function escapeHtml(text) {
  const entity = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return String(text).replace(/[&<>"']/g, (character) => entity[character]);
}

const style = `body{font:15px/1.6 system-ui,"Noto Sans CJK JP",sans-serif;margin:0 auto;max-width:60rem;padding:1rem;color:#1f2328;background:#fff}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #d8dee4;vertical-align:top}
a{color:#0a58ca}pre{white-space:pre-wrap;background:#f6f8fa;padding:1rem}iframe{width:100%;height:24rem;background:#fff;border:1px solid #d8dee4}
@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#0d1117}td,th{border-color:#30363d}pre{background:#161b22}a{color:#6cb6ff}}`;

/** A whole page with a title; body is HTML already. */
export function page(title, body, { refreshSeconds } = {}) {
  const refresh = refreshSeconds ? `<meta http-equiv="refresh" content="${refreshSeconds}">` : '';
  return `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
${refresh}<title>${escapeHtml(title)}</title><style>${style}</style></head><body><h1>${escapeHtml(title)}</h1>${body}</body></html>`;
}

/** The list of mails, newest first. */
export function listPage(mails) {
  const rows = mails.map(
    (mail) => `<tr><td>${escapeHtml(japaneseTime(mail.at))}</td><td>${escapeHtml(mail.to)}</td>
<td><a href="/mails/${mail.id}">${escapeHtml(mail.subject || '(件名なし)')}</a></td></tr>`,
  );
  const table = `<table><tr><th>受信日時</th><th>宛先</th><th>件名</th></tr>${rows.join('')}</table>`;
  const nothing = '<p>まだ届いていません。返信すると、お客様に届いたメールがここに並びます。</p>';
  return page('お客様に届いたメール', rows.length ? table : nothing, { refreshSeconds: 5 });
}

/** One mail: headers, text, and its HTML in a frame that may run nothing. */
export function mailPage(mail) {
  const fields = [
    ['差出人', mail.from],
    ['宛先', mail.to],
    ['Cc', mail.cc],
    ['受信日時', japaneseTime(mail.at)],
    ['Message-ID', mail.messageId],
    ['添付', mail.attachments.map((file) => `${file.filename ?? file.contentType} (${file.size} B)`).join(', ')],
  ].filter(([, value]) => value);
  const head = fields.map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`).join('');
  const frame = mail.html ? `<h2>HTML</h2><iframe sandbox title="HTML" src="/mails/${mail.id}/html"></iframe>` : '';
  const links = `<p><a href="/">一覧へ戻る</a> ・ <a href="/mails/${mail.id}/raw">原文</a></p>`;
  return page(
    mail.subject || '(件名なし)',
    `<table>${head}</table><pre>${escapeHtml(mail.text)}</pre>${frame}${links}`,
  );
}

const japaneseTime = (iso) => new Date(iso).toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' });
