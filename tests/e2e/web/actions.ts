import { readFileSync } from 'node:fs';

type Manifest = { node: Record<string, { exportedName?: string; filename?: string }> };

/** Every server action of the built app as `file#name`, with the id the browser calls it by. */
export function builtActions(): Map<string, string> {
  const manifest = JSON.parse(readFileSync('.next/server/server-reference-manifest.json', 'utf8')) as Manifest;
  return new Map(
    Object.entries(manifest.node).map(([id, action]) => [`${action.filename}#${action.exportedName}`, id]),
  );
}

/** Calls a server action as a browser does, with whatever arguments; answers what it returned. */
export async function callAction(
  base: string,
  cookie: string,
  id: string,
  args: unknown[],
  headers: Record<string, string> = {},
): Promise<{ status: number; value: unknown }> {
  const response = await fetch(`${base}/sign-in`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, origin: base, 'next-action': id, 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body: JSON.stringify(args),
  });
  // A flight stream of one row per line; row 1 is what the action returned.
  const row = (await response.text()).split('\n').find((line) => line.startsWith('1:'));
  return { status: response.status, value: row?.startsWith('1:E') ? undefined : JSON.parse(row?.slice(2) ?? 'null') };
}
