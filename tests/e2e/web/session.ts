import { PASSWORD } from '#tests/e2e/web/company.ts';

const decode = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&');

/** Sends the sign-in form as a browser without scripts does. */
export async function submitSignIn(
  base: string,
  email: string,
  password: string,
  { next = '/', headers = {} }: { next?: string; headers?: Record<string, string> } = {},
): Promise<Response> {
  const page = await (await fetch(`${base}/sign-in`)).text();
  const form = new FormData();
  for (const [, name = '', value = ''] of page.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g))
    form.append(name, decode(value));
  form.set('next', next);
  form.set('email', email);
  form.set('password', password);
  return fetch(`${base}/sign-in`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
    headers: { origin: base, ...headers },
  });
}

/** The Cookie header of a new session. */
export async function signInAs(base: string, email: string): Promise<string> {
  const response = await submitSignIn(base, email, PASSWORD);
  if (response.status !== 303) throw new Error(`The sign-in of ${email} answered ${response.status}.`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .filter((cookie) => !cookie?.endsWith('='))
    .join('; ');
}
