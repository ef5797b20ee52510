/** How long open requests may take to end when the process is asked to stop, milliseconds. */
const GRACE_MS = 5000;

/**
 * `next start` waits for every connection, and a browser's idle ones stay open for long: after the grace the process ends
 * all the same. Nothing is lost by it: what a request changes, it changes in one transaction.
 */
export function leaveInTime(): void {
  const leave = () => setTimeout(() => process.exit(0), GRACE_MS).unref();
  process.once('SIGTERM', leave);
  process.once('SIGINT', leave);
}
