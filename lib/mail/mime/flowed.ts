/**
 * Rejoins format=flowed lines (RFC 3676), quoted ones too: a line that ends in a space continues in the next of the same quote
 * depth. With `delSp` the space at the break goes. The signature mark `-- ` never flows.
 */
export function unflow(text: string, delSp: boolean): string {
  const out: string[] = [];
  let open: { depth: number } | null = null;
  for (const line of text.split('\n')) {
    const depth = /^>*/.exec(line)?.[0].length ?? 0;
    let content = line.slice(depth);
    if (content.startsWith(' ')) content = content.slice(1);
    const signature = content === '-- ';
    const flows = content.endsWith(' ') && !signature;
    const body = flows && delSp ? content.slice(0, -1) : content;
    if (open && open.depth === depth && !signature) out[out.length - 1] += body;
    else out.push(depth > 0 ? `${'>'.repeat(depth)} ${body}` : body);
    open = flows ? { depth } : null;
  }
  return out.join('\n');
}
