type Told = {
  code?: unknown;
  serverResponseCode?: unknown;
  responseText?: unknown;
  reason?: unknown;
  message?: unknown;
};

/** RFC 5530 3 (and ImapFlow's name for throttling): come back later, nothing is wrong with the account. */
const CODES = /^(UNAVAILABLE|INUSE|LIMIT|THROTTLED|OVERQUOTA-CONNECTIONS|ETHROTTLE)$/i;
/** How servers without those codes say it: Dovecot, Courier, Gmail, Exchange, Yahoo, Sakura. */
const WORDS =
  /too many (simultaneous |concurrent )?(connections?|sessions?|logins?)|(maximum|max) number of (connections|sessions)|connection limit|concurrent connections?|server (is )?(too )?busy|rate limit|try again later|temporarily unavailable|temporary (system |server |authentication )?(error|failure|problem)|throttl/i;

/**
 * Does the server ask for patience? Too many connections, a limit, a busy moment: the account isn't broken and nobody needs
 * to do anything.
 */
export function isBusyAnswer(error: unknown): boolean {
  const { code, serverResponseCode, responseText, reason, message } = (error ?? {}) as Told;
  if ([code, serverResponseCode].some((word) => typeof word === 'string' && CODES.test(word))) return true;
  return [responseText, reason, message].some((words) => typeof words === 'string' && WORDS.test(words));
}
