const began = Date.now();

/** Says what happens now, with the seconds since the start: the person must see that it lives. */
export function say(text) {
  console.log(`[${elapsed().padStart(5)} s] ${text}`);
}

/** Says what begins and, when it took noticeable time, that it's done; every 15 s that it goes on. */
export async function step(text, work) {
  say(`${text} ...`);
  const from = Date.now();
  const patience = setInterval(() => say(`${text}: ${seconds(from)} s so far`), 15_000);
  try {
    const result = await work();
    if (Date.now() - from > 1_000) say(`${text}: done in ${seconds(from)} s`);
    return result;
  } finally {
    clearInterval(patience);
  }
}

/** Whole seconds since a moment in milliseconds. */
export function seconds(from) {
  return Math.round((Date.now() - from) / 1000);
}

const elapsed = () => String(seconds(began));
