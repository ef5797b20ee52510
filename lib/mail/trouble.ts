/** What can be wrong with an encrypted line; each has its own words and its own way out. */
export type TlsFault =
  | 'certExpired'
  | 'certNotYet'
  | 'certOtherName'
  | 'certSelfSigned'
  | 'certUntrusted'
  | 'tlsNotOffered'
  | 'tlsWrongPort'
  | 'tlsFailed';

/** Why an account can't be reached, as a key of messages settings.failure. */
export type Trouble =
  | TlsFault
  | 'hostNotFound'
  | 'hostNotAllowed'
  | 'connectRefused'
  | 'connectTimeout'
  | 'connectionLost'
  | 'loginFailed'
  | 'oauthRefused'
  | 'oauthExpired'
  | 'oauthFailed'
  | 'busy'
  | 'serverRefused';

// OpenSSL's and Node's codes (node: tls, "X509 certificate error codes"; errors, "ERR_TLS_*"), and our own of mail_account.
const TROUBLES: Record<string, Trouble> = {
  CERT_HAS_EXPIRED: 'certExpired',
  CERT_NOT_YET_VALID: 'certNotYet',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certOtherName',
  HOSTNAME_MISMATCH: 'certOtherName',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certSelfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'certSelfSigned',
  UNABLE_TO_GET_ISSUER_CERT: 'certUntrusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certUntrusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certUntrusted',
  CERT_UNTRUSTED: 'certUntrusted',
  CERT_REVOKED: 'certUntrusted',
  authentication: 'loginFailed',
  timeout: 'connectTimeout',
  busy: 'busy',
  ENOTFOUND: 'hostNotFound',
  EDNS: 'hostNotFound',
  EAI_AGAIN: 'hostNotFound',
  hostNotFound: 'hostNotFound',
  hostLookupFailed: 'hostNotFound',
  hostNotAllowed: 'hostNotAllowed',
  ECONNREFUSED: 'connectRefused',
  EHOSTUNREACH: 'connectRefused',
  ENETUNREACH: 'connectRefused',
  ECONNRESET: 'connectionLost',
  EPIPE: 'connectionLost',
  NoConnection: 'connectionLost',
  ETLS: 'tlsNotOffered',
  oauthExpired: 'oauthExpired',
  oauthFailed: 'oauthFailed',
};

/** The trouble that an error's code means; `serverRefused` for what only the server's own words can say. */
export const troubleOf = (code: string): Trouble =>
  (Object.hasOwn(TROUBLES, code) ? TROUBLES[code] : undefined) ??
  (/^ERR_(SSL|TLS)/.test(code) ? 'tlsFailed' : 'serverRefused');

/** The same for a certificate's code: what isn't known isn't trusted. */
export function certificateTrouble(code: string): TlsFault {
  const trouble = TROUBLES[code];
  return trouble?.startsWith('cert') ? (trouble as TlsFault) : 'certUntrusted';
}
