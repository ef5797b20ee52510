const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])/g;
const VOID = new Set([
  'br',
  'hr',
  'img',
  'wbr',
  'col',
  'input',
  'meta',
  'link',
  'area',
  'base',
  'source',
  'embed',
  'param',
  'track',
]);
const LIMIT = 200;

/**
 * Takes out opening tags that would nest deeper than 200, with their closing tags, so that 20,000 nested divs cost neither the
 * sanitiser nor the browser its stack. A shallow mail is returned as it is. One pass.
 */
export function flattenNesting(html: string): string {
  let depth = 0;
  let deepest = 0;
  for (const match of html.matchAll(TAG)) {
    if (VOID.has((match[2] ?? '').toLowerCase())) continue;
    depth = match[1] === '/' ? Math.max(0, depth - 1) : depth + 1;
    deepest = Math.max(deepest, depth);
  }
  if (deepest <= LIMIT) return html;
  depth = 0;
  return html.replace(/<(\/?)([a-zA-Z][a-zA-Z0-9]{0,20})(?=[\s/>])[^>]*>/g, (tag, slash: string, name: string) => {
    if (VOID.has(name.toLowerCase())) return tag;
    if (slash === '/') {
      depth = Math.max(0, depth - 1);
      return depth < LIMIT ? tag : '';
    }
    depth += 1;
    return depth <= LIMIT ? tag : '';
  });
}
