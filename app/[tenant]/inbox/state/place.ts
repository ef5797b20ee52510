import type { View } from '#lib/conversations/shapes.ts';

/** Where a person is in the inbox; it stands in the address, so that back, reload and a copied link work. */
export type Place = { view: View; mailbox: string | null; conversation: string | null };

export const VIEWS: readonly View[] = ['mine', 'unassigned', 'new', 'doing', 'hold', 'thanks', 'done'];
/** Inside a 窓口: what is to be done first, then its statuses. */
export const VIEWS_OF_MAILBOX: readonly View[] = ['open', 'new', 'doing', 'hold', 'thanks', 'done'];
const FIRST: View = 'new';

export function readPlace(query: { get(name: string): string | null }): Place {
  const view = query.get('view') as View | null;
  return {
    view: view && [...VIEWS, ...VIEWS_OF_MAILBOX].includes(view) ? view : FIRST,
    mailbox: query.get('mailbox'),
    conversation: query.get('c'),
  };
}

export function placeHref(slug: string, place: Place): string {
  const query = new URLSearchParams();
  if (place.view !== FIRST || place.mailbox) query.set('view', place.view);
  if (place.mailbox) query.set('mailbox', place.mailbox);
  if (place.conversation) query.set('c', place.conversation);
  const text = query.toString();
  return `/${slug}/inbox${text ? `?${text}` : ''}`;
}
