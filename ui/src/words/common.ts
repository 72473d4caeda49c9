/** Words used on more than one screen. Every text people read lives in src/words, so that a translation is a
 * second set of these files. */

export const common = {
  product: "Answerback",
  loading: "Loading",
  tryAgain: "Try again",
  cancel: "Cancel",
  save: "Save",
  close: "Close",
  remove: "Remove",
  edit: "Edit",
  copy: "Copy",
  more: "Show more",
  copied: "Copied",
  copyFailed: "Copy it by hand: the browser does not allow it here.",
  noPage: "There is no such page",
  goneHint: "It may have been removed. Go back to the list.",
  noPageHint: "The address may be mistyped, or what it named is gone.",
  toDesk: "Go to the desk",
  screenFailed: "This screen failed",
  presence: {
    available: "Available",
    busy: "Busy",
    do_not_disturb: "Do not disturb",
    away: "Away",
    offline: "Offline",
  },
  leaveTitle: "Leave without saving?",
  leaveHint: "What you changed here is not saved yet.",
  stay: "Stay",
  leave: "Leave, discard changes",
  role: { agent: "Agent", supervisor: "Supervisor", administrator: "Administrator" },
  state: {
    open: "Open",
    offered: "Offered",
    active: "Active",
    waiting: "Waiting",
    wrap_up: "Wrap-up",
    closed: "Closed",
  },
} as const;

/** "+18885550100" as people write it here: "(888) 555-0100". Others stay in international form. */
export function phoneOf(phone: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(phone);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : phone;
}

/** "0.0079", "USD" as "0.0079 USD"; small sums keep what a single part costs. */
export function moneyOf(amount: string | number, currency: string): string {
  const value = Number(amount);
  const most = value < 1 ? 4 : 2;
  return `${value.toLocaleString(undefined, { minimumFractionDigits: 2, maximumFractionDigits: most })} ${currency}`;
}

export const nameOf = (name: string, phone: string): string => name || phoneOf(phone);
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${count.toLocaleString()} ${count === 1 ? one : many}`;
