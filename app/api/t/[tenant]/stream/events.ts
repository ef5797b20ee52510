import { onShutdown } from '#app/api/t/[tenant]/stream/shutdown.ts';
import { requireMay } from '#lib/auth/actor.ts';
import { asMember, type Member, memberAgain } from '#lib/auth/membership.ts';
import type { StreamEvent } from '#lib/conversations/shapes.ts';
import { log } from '#lib/log.ts';
import { visibleMailboxIds } from '#lib/mailboxes/access.ts';
import { subscribe } from '#lib/realtime/index.ts';

const HEARTBEAT_MS = 20_000;
/** A stream ends by itself, so that no forgotten one lives on; the browser comes back and reads anew. */
const LIFE_MS = 10 * 60_000;
/** Events that a browser which doesn't read may leave lying before it is cut off. */
const UNREAD = 500;
const RESYNC = 'event: resync\ndata: {}\n\n';

/**
 * The events of one browser. It ends when the browser leaves, when the session or the membership has ended (asked at
 * every heartbeat and whenever somebody's access changes), when the database can't say so, after ten minutes, and at
 * SIGTERM. It begins with `resync`, and says it again when Redis was away: whatever happened before is
 * read by the normal routes.
 */
export async function eventStream(
  first: Member,
  signal: AbortSignal,
  { heartbeatMs = HEARTBEAT_MS, lifeMs = LIFE_MS } = {},
): Promise<ReadableStream<Uint8Array>> {
  const bytes = new TextEncoder();
  const leave: (() => void)[] = [];
  let visible: ReadonlySet<string> = new Set();
  let send = (_text: string): void => {};

  const look = async (): Promise<void> => {
    const member = await memberAgain(first);
    requireMay(member, 'conversation.read');
    visible = new Set(await asMember(member, visibleMailboxIds));
  };
  const end = (): void => {
    for (const step of leave.splice(0)) step();
  };
  const onEvent = async (event: StreamEvent): Promise<void> => {
    if (event.type === 'access') await look();
    if (event.mailboxId === null || visible.has(event.mailboxId)) send(`data: ${JSON.stringify(event)}\n\n`);
  };
  // Whatever goes wrong ends the stream: the browser's next attempt gets the proper answer.
  const orEnd = (work: () => Promise<void>) => () =>
    work().catch((error: unknown) => {
      log.info('stream.ended', { error });
      end();
    });
  const heartbeat = orEnd(async () => {
    await look();
    send('event: heartbeat\ndata: {}\n\n');
  });

  // Subscribed before the first look: what arrives in between is dropped, and `resync` makes up for it.
  leave.push(
    await subscribe(
      first.tenant.id,
      (event) => void orEnd(() => onEvent(event))(),
      () => send(RESYNC),
    ),
  );
  await look().catch((error: unknown) => {
    end();
    throw error;
  });
  return new ReadableStream({
    start(controller) {
      send = (text) => {
        if ((controller.desiredSize ?? 0) < -UNREAD) end();
        else controller.enqueue(bytes.encode(text));
      };
      const beat = setInterval(heartbeat, heartbeatMs);
      const life = setTimeout(end, lifeMs);
      signal.addEventListener('abort', end, { once: true });
      const stayUp = onShutdown(end);
      leave.push(
        () => clearInterval(beat),
        () => clearTimeout(life),
        () => signal.removeEventListener('abort', end),
        stayUp,
        () => {
          send = () => {};
        },
        () => controller.close(),
      );
      send(`retry: 2000\n${RESYNC}`);
      if (signal.aborted) end();
    },
    cancel: () => {
      leave.pop(); // a cancelled stream is closed already
      end();
    },
  });
}
