/**
 * The one permission table (domain.md 3): what may a membership do inside the 窓口 it sees.
 * Pure and without the database, so that the interface asks the same table as the verbs.
 */
export type Role = 'viewer' | 'agent' | 'supervisor' | 'manager' | 'admin';
export const ROLES: readonly Role[] = ['viewer', 'agent', 'supervisor', 'manager', 'admin'];

/** Capabilities that are granted per membership; the value a role brings when none is stored. */
export type Capability = 'pii.view' | 'export' | 'erase';

const TABLE = {
  'conversation.read': ['viewer', 'agent', 'supervisor', 'manager'],
  'conversation.work': ['agent', 'supervisor'],
  'conversation.assign': ['agent', 'supervisor'],
  'conversation.reassign': ['supervisor'],
  'conversation.comment': ['agent', 'supervisor'],
  'conversation.reply': ['agent', 'supervisor'],
  'delivery.resolve.own': ['agent', 'supervisor'],
  'delivery.resolve': ['supervisor'],
  'conversation.bulk.large': ['supervisor'],
  'account.see': ['agent', 'supervisor', 'manager', 'admin'],
  'account.edit': ['admin'],
  // Forms, automatic receipts: how mail is read and answered by itself.
  'rules.see': ['supervisor', 'manager', 'admin'],
  'rules.edit': ['admin'],
  'people.edit': ['admin'],
} as const satisfies Record<string, readonly Role[]>;

export type Action = keyof typeof TABLE;
export const ACTIONS = Object.keys(TABLE) as Action[];

const CAPABILITY_DEFAULT: Record<Capability, readonly Role[]> = {
  'pii.view': ['agent', 'supervisor'],
  export: [],
  erase: [],
};

/** May somebody with these roles do this? An unknown action refuses. */
export function may(roles: readonly Role[], action: Action): boolean {
  const allowed: readonly Role[] | undefined = TABLE[action];
  return allowed !== undefined && roles.some((role) => allowed.includes(role));
}

/** Is the capability granted: the stored answer, else what the roles bring when they are given (domain.md 3, "c"). */
export function hasCapability(
  roles: readonly Role[],
  stored: Partial<Record<Capability, boolean>>,
  capability: Capability,
): boolean {
  return stored[capability] ?? roles.some((role) => CAPABILITY_DEFAULT[capability].includes(role));
}
