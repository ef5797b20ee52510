const known = new WeakMap();

/**
 * A stored mail parsed for the page: subject, text, html with cid pictures as data: addresses, attachments. Each is parsed
 * once: the list is asked for every few seconds.
 */
export function readMail(mail) {
  if (!known.has(mail)) known.set(mail, parse(mail));
  return known.get(mail);
}

async function parse(mail) {
  const { simpleParser } = await import('mailparser');
  const parsed = await simpleParser(mail.raw, { skipHtmlToText: true, skipTextToHtml: true });
  return {
    id: mail.id,
    at: mail.at,
    envelope: { from: mail.from, to: mail.to },
    subject: parsed.subject ?? '',
    from: parsed.from?.text ?? mail.from,
    to: addressesText(parsed.to) || mail.to.join(', '),
    cc: addressesText(parsed.cc),
    messageId: parsed.messageId ?? '',
    text: parsed.text ?? '',
    html: parsed.html || '',
    attachments: parsed.attachments.map(({ filename, contentType, size }) => ({ filename, contentType, size })),
  };
}

const addressesText = (value) =>
  [value ?? []]
    .flat()
    .map((entry) => entry.text)
    .join(', ');
