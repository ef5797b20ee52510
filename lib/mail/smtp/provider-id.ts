/** What a provider calls the mail, out of its 250 line; `mailId` is the Message-ID it writes instead of ours, in brackets. */
export type ProviderId = { id: string; mailId: string | null };

const REGION = /(?:^|\.)([a-z]{2}(?:-[a-z]+)+-\d)\.amazonaws\.com$/;

/**
 * The provider's own id of an accepted mail. Amazon SES answers `250 Ok 0100...` and overwrites Message-ID with that id at
 * `<region>.amazonses.com` (`email.` in us-east-1); Microsoft names the whole Message-ID; most others their queue's number
 * (`queued as 4F2...`, `id=1abc-...`), by which their log finds the mail. Null where the line names none.
 */
export function providerIdOf(response: string, host: string): ProviderId | null {
  const line = response.slice(0, 500).trim();
  const given = /^250 2\.0\.0 OK <([^<>\s]{3,250}@[^<>\s]{3,230}\.outlook\.com)>/i.exec(line)?.[1];
  if (given) return { id: given, mailId: `<${given}>` };
  const region = REGION.exec(host.toLowerCase())?.[1];
  const ses = region ? /^250 Ok ([0-9a-f]+(?:-[0-9a-f]+)+)$/i.exec(line)?.[1]?.toLowerCase() : undefined;
  if (ses) return { id: ses, mailId: `<${ses}@${region === 'us-east-1' ? 'email' : region}.amazonses.com>` };
  const queued =
    /\b(?:queued as|queued mail for delivery, id|message-?id[ =:]|queue-?id[ =:]|id[ =])\s*([\w.-]{4,100})/i.exec(
      line,
    )?.[1];
  return queued ? { id: queued, mailId: null } : null;
}
