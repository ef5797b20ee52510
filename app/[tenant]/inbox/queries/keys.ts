import type { View } from '#lib/conversations/shapes.ts';

/** The names under which answers are kept. The company stands first in each: nothing is shared between two. */
export const keys = {
  counts: (slug: string) => [slug, 'counts'] as const,
  shell: (slug: string) => [slug, 'shell'] as const,
  lists: (slug: string) => [slug, 'list'] as const,
  list: (slug: string, view: View, mailbox: string | null) => [slug, 'list', view, mailbox ?? ''] as const,
  conversation: (slug: string, id: string) => [slug, 'conversation', id] as const,
};

export const api = (slug: string, path: string): string => `/api/t/${slug}/${path}`;
