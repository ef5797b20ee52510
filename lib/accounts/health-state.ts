/**
 * How an account's receipt is doing. ok: the last look went through. importing: so, and older mail is still being taken
 * in. starting: not looked at yet. delayed: the server asked for patience (too many connections). retrying: a trouble that
 * may pass by itself. stopped: it needs somebody, or has lasted. paused: by an admin.
 */
export type ReceiptState = 'ok' | 'importing' | 'starting' | 'delayed' | 'retrying' | 'stopped' | 'paused';

export type HealthFacts = {
  accountState: 'active' | 'paused';
  connected: boolean;
  failures: number;
  lastErrorCode: string | null;
  lastSuccessAt: string | null;
  standsSince: string | null;
  importDone: number;
  importTotal: number;
};

/** Failures in a row after which a trouble isn't called passing any more: about half a minute of trying. */
const LASTING = 3;

export function healthOf(facts: HealthFacts): ReceiptState {
  const { accountState, failures, lastErrorCode, lastSuccessAt, importDone, importTotal } = facts;
  if (accountState === 'paused') return 'paused';
  if (failures > 0) {
    if (lastErrorCode === 'busy') return 'delayed';
    return failures >= LASTING || lastErrorCode === 'authentication' ? 'stopped' : 'retrying';
  }
  if (lastSuccessAt === null) return 'starting';
  return importDone < importTotal ? 'importing' : 'ok';
}
