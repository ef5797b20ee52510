import { domainToUnicode } from 'node:url';
import { decodeEntities } from '#lib/mail/html/entities.ts';
import { escapeHtml } from '#lib/mail/html/escape.ts';
import { attributeOf, type Element, elementsOf, isElement, type Node } from '#lib/mail/html/tree.ts';

// Last labels at which words without http:// or www. are read as a host: else "manual.pdf" would be one.
const ENDINGS =
  'com|net|org|jp|co|io|info|biz|dev|app|cn|kr|tw|hk|us|uk|de|fr|eu|it|es|ru|in|au|ca|me|tv|cc|xyz|top|shop|store|site|online|club|bank|tokyo|example|test|invalid|local';
const HOST =
  /(?<![\p{L}\p{N}.-])(https?:\/\/|www\.)?((?:[\p{L}\p{N}_-]{1,63}\.){1,8}([\p{L}\p{N}-]{2,63}))(?![\p{L}\p{N}-])/giu;
const ENDING = new RegExp(`^(?:${ENDINGS}|xn--[a-z0-9-]+)$`, 'i');
const LONGEST_TEXT = 2000;

/**
 * Says at each link where it really leads: its host as the tip beside the pointer, and in sight after the link where its words
 * look like another host, or where the host isn't plain ASCII.
 */
export function showTrueHosts(root: Element): void {
  for (const parent of elementsOf(root)) {
    if (!parent.children.some(isLink)) continue;
    parent.children = parent.children.flatMap((child): Node[] => (isLink(child) ? [child, ...noteAt(child)] : [child]));
  }
}

const isLink = (node: Node): node is Element => isElement(node) && node.tag === 'a' && attributeOf(node, 'href') !== '';

function noteAt(link: Element): Element[] {
  const target = targetOf(decodeEntities(attributeOf(link, 'href')));
  if (!target) return [];
  link.open = link.open.replace(/>$/, () => ` title="${escapeHtml(target.shown)}">`);
  if (!target.always && !deceives(textOf(link), target.host)) return [];
  const note: Element = {
    tag: 'span',
    open: '<span class="link-host">',
    close: '</span>',
    children: [],
    parent: link.parent,
  };
  note.children = [{ text: escapeHtml(target.shown), parent: note }];
  return [note];
}

type Target = { host: string; shown: string; always: boolean };

function targetOf(href: string): Target | null {
  const url = URL.parse(href);
  if (url?.protocol === 'mailto:') {
    const address = safely(decodeURIComponent, url.pathname);
    return { host: address.split('@').at(-1)?.toLowerCase() ?? '', shown: address.slice(0, 254), always: false };
  }
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  const host = url.hostname;
  if (!/(?:^|\.)xn--/.test(host)) return { host, shown: url.host, always: false };
  return { host, shown: `${domainToUnicode(host)} (${url.host})`, always: true };
}

const safely = (work: (text: string) => string, text: string): string => {
  try {
    return work(text);
  } catch {
    return text;
  }
};

/** Whether the words name a host that is neither the true one nor above or below it. */
export function deceives(words: string, host: string): boolean {
  const plain = words
    .slice(0, LONGEST_TEXT)
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .replaceAll('。', '.');
  for (const [, prefix, name = '', ending = ''] of plain.matchAll(HOST)) {
    if (!prefix && !ENDING.test(ending)) continue;
    const named = name.toLowerCase();
    if (named !== host && !host.endsWith(`.${named}`) && !named.endsWith(`.${host}`)) return true;
  }
  return false;
}

function textOf(node: Node): string {
  if (!isElement(node)) return decodeEntities(node.text);
  if (node.tag === 'img') return decodeEntities(attributeOf(node, 'alt'));
  return node.children.map(textOf).join('');
}
