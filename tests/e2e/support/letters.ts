import MailComposer from 'nodemailer/lib/mail-composer/index.js';
import { newId } from '#tests/support/letters.ts';

/** One red dot, as PNG. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

type Wanted = { from: string; to: string; subject: string; text: string; html?: string };
type File = { filename: string; contentType: string; content: Buffer };

/** A customer's mail with HTML, the picture `cid:dot` inside it, and files. */
export const designedLetter = (mail: Wanted, files: File[] = []): Promise<Buffer> =>
  new MailComposer({
    ...mail,
    messageId: newId(),
    attachments: [
      ...(mail.html ? [{ filename: 'dot.png', contentType: 'image/png', content: DOT, cid: 'dot' }] : []),
      ...files,
    ],
  })
    .compile()
    .build();
