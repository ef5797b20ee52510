import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** An OAuth2 provider of the tests: authorisation code with PKCE, refresh, and introspection for the mail servers. */
export type Issuer = Awaited<ReturnType<typeof startIssuer>>;

const CLIENT = { id: 'madoguchi-tests', secret: 'not-a-real-secret' };

export async function startIssuer() {
  const codes = new Map<string, { challenge: string; redirectUri: string; address: string }>();
  const grants = new Map<string, string>();
  const tokens = new Map<string, string>();
  const state = { signsInAs: null as string | null, refuses: false, lifetime: 3600, renewals: 0 };

  const grant = (address: string, refreshToken?: string) => {
    const accessToken = `at-${randomUUID()}`;
    tokens.set(accessToken, address);
    const claims = Buffer.from(JSON.stringify({ email: address })).toString('base64url');
    return {
      ...{ access_token: accessToken, expires_in: state.lifetime, token_type: 'Bearer', id_token: `e30.${claims}.` },
      ...(refreshToken ? { refresh_token: refreshToken } : {}),
    };
  };

  const authorize = (asked: URLSearchParams, response: ServerResponse) => {
    const back = new URL(asked.get('redirect_uri') ?? '');
    back.searchParams.set('state', asked.get('state') ?? '');
    if (state.refuses) back.searchParams.set('error', 'access_denied');
    else {
      const code = randomUUID();
      const address = state.signsInAs ?? asked.get('login_hint') ?? '';
      codes.set(code, {
        challenge: asked.get('code_challenge') ?? '',
        redirectUri: back.href.split('?')[0] ?? '',
        address,
      });
      back.searchParams.set('code', code);
    }
    response.writeHead(302, { Location: back.href }).end();
  };

  const redeem = (form: URLSearchParams) => {
    const code = codes.get(form.get('code') ?? '');
    codes.delete(form.get('code') ?? '');
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    if (!code || code.challenge !== challenge || code.redirectUri !== form.get('redirect_uri')) return null;
    const refreshToken = `rt-${randomUUID()}`;
    grants.set(refreshToken, code.address);
    return grant(code.address, refreshToken);
  };

  const renew = (form: URLSearchParams) => {
    const address = grants.get(form.get('refresh_token') ?? '');
    state.renewals += 1;
    return address === undefined ? null : grant(address);
  };

  const token = (form: URLSearchParams, response: ServerResponse) => {
    if (form.get('client_id') !== CLIENT.id || form.get('client_secret') !== CLIENT.secret)
      return json(response, 401, { error: 'invalid_client' });
    const granted = form.get('grant_type') === 'refresh_token' ? renew(form) : redeem(form);
    return granted ? json(response, 200, granted) : json(response, 400, { error: 'invalid_grant' });
  };

  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? '/', 'http://issuer');
    if (url.pathname === '/authorize') return authorize(url.searchParams, response);
    const form = new URLSearchParams(await bodyOf(request));
    if (url.pathname === '/token') return token(form, response);
    const address = tokens.get(form.get('token') ?? '');
    json(response, 200, address === undefined ? { active: false } : { active: true, email: address });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    base,
    introspectUrl: `${base}/introspect`,
    /** The settings with which the product signs Google accounts in here. */
    env: {
      ...{ OAUTH_GOOGLE_CLIENT_ID: CLIENT.id, OAUTH_GOOGLE_CLIENT_SECRET: CLIENT.secret },
      ...{ OAUTH_GOOGLE_AUTHORIZE_URL: `${base}/authorize`, OAUTH_GOOGLE_TOKEN_URL: `${base}/token` },
    },
    /** `signsInAs`: another address than the one hinted at; `refuses`: the person says no. */
    state,
    addressOf: (accessToken: string): string | null => tokens.get(accessToken) ?? null,
    /** Access tokens are refused from now on; the grants stay. */
    dropTokens: () => tokens.clear(),
    /** The person takes the permission back at the provider. */
    withdraw: () => {
      tokens.clear();
      grants.clear();
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
