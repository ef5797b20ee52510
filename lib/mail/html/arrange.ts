import { foldQuotes } from '#lib/mail/html/fold-quotes.ts';
import { remoteMark } from '#lib/mail/html/remote-mark.ts';
import { sanitiseMailHtml } from '#lib/mail/html/sanitise.ts';
import { elementsOf, htmlOf, treeOf } from '#lib/mail/html/tree.ts';
import { showTrueHosts } from '#lib/mail/html/true-host.ts';

const FORWARD = /^\s*(?:fwd?|転送|tr|wg)\s*[:：]/i;

/**
 * HTML of a mail as it is kept: harmless, its quotation folded, its links saying where they lead, and pictures from outside
 * under a mark that loads nothing. presentMailHtml makes it the reader's.
 */
export function arrangeMailHtml(
  html: string,
  { cidUrl, subject }: { cidUrl: (cid: string) => string | null; subject: string },
): { html: string; blockedRemote: number } {
  const clean = sanitiseMailHtml(html, { cidUrl, remoteImages: remoteMark, markQuotes: true });
  const root = treeOf(clean.html);
  if (!FORWARD.test(subject)) foldQuotes(root);
  showTrueHosts(root);
  for (const element of elementsOf(root)) element.open = element.open.replace(/ data-quote="[a-z]+"/, '');
  return { html: htmlOf(root), blockedRemote: clean.blockedRemote };
}
