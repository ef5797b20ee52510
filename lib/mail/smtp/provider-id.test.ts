import { expect, test } from 'vitest';
import { providerIdOf } from '#lib/mail/smtp/provider-id.ts';

const SES = '0100018b5c3c0a4f-1c2d-4e5f-8a9b-000000';

test.each([
  [`250 Ok ${SES}-000000`, 'email-smtp.ap-northeast-1.amazonaws.com', `<${SES}-000000@ap-northeast-1.amazonses.com>`],
  [`250 Ok ${SES}`, 'email-smtp.us-east-1.amazonaws.com', `<${SES}@email.amazonses.com>`],
  [
    '250 2.0.0 OK <AB12@TY0PR01.jpnprd01.prod.outlook.com> [Hostname=x]',
    'smtp.office365.com',
    '<AB12@TY0PR01.jpnprd01.prod.outlook.com>',
  ],
])('%s names the Message-ID that the customer sees', (response, host, mailId) => {
  expect(providerIdOf(response, host)?.mailId).toBe(mailId);
});

test.each([
  ['250 2.0.0 Ok: queued as 4F2kXq1z2Lz9', '4F2kXq1z2Lz9'],
  ['250 OK id=1rAbCd-0001xy-2Z', '1rAbCd-0001xy-2Z'],
])('%s names the mail in the provider’s log', (response, id) => {
  expect(providerIdOf(response, 'mail.example.jp')).toEqual({ id, mailId: null });
});

test.each([['250 Great success'], ['250 2.1.5 <taro@example.com> ok'], ['250 ok'], [`250 Ok ${SES}`], ['']])(
  '%s names none',
  (response) => {
    expect(providerIdOf(response, 'mail.example.jp')).toBeNull();
  },
);
