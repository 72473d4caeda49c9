/** What was done, to undo and do again. Typing on in one field is one change. */

export interface History<T> {
  past: readonly T[];
  now: T;
  future: readonly T[];
  /** What the last change was about; the next one about the same joins it. */
  about: string | null;
}

const MOST = 200;

export const beginHistory = <T>(now: T): History<T> => ({ past: [], now, future: [], about: null });

export function change<T>(history: History<T>, now: T, about: string | null = null): History<T> {
  if (now === history.now) return history;
  const joins = about !== null && about === history.about && history.past.length > 0;
  const past = joins ? history.past : [...history.past, history.now].slice(-MOST);
  return { past, now, future: [], about };
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    about: null,
  };
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future, about: null };
}
