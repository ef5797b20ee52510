/** The keys of the inbox: what is pressed, how it is written, what it does (message key inbox.keys.*). */
export const KEYS = [
  { keys: ['j', 'k'], shown: ['J', 'K'], does: 'step' },
  { keys: ['Enter'], shown: ['Enter'], does: 'open' },
  { keys: ['u'], shown: ['U'], does: 'back' },
  { keys: ['r'], shown: ['R'], does: 'reply' },
  { keys: ['n'], shown: ['N'], does: 'comment' },
  { keys: ['i'], shown: ['I'], does: 'claim' },
  { keys: ['h'], shown: ['H'], does: 'hold' },
  { keys: ['e'], shown: ['E'], does: 'end' },
  { keys: ['t'], shown: ['T'], does: 'takeUp' },
  { keys: ['y'], shown: ['Y'], does: 'confirm' },
  { keys: [']'], shown: [']'], does: 'panel' },
  { keys: ['F6'], shown: ['F6'], does: 'panes' },
  { keys: [], shown: ['Ctrl', 'Enter'], does: 'send' },
  { keys: ['?'], shown: ['?'], does: 'list' },
  { keys: ['Escape'], shown: ['Esc'], does: 'close' },
] as const;
