/** Where texts on their way are kept in the browser: one entry each, so that tabs do not write over each other,
 * and a lock each, so that a text is taken up again only when no other tab is busy with it. */
import type { Outgoing } from "./outgoing";

const PREFIX = "answerback-outgoing";

const nameOf = (userId: number, key: string): string => `${PREFIX}-${userId}-${key}`;

export const keepOut = (userId: number, one: Outgoing): void =>
  localStorage.setItem(nameOf(userId, one.key), JSON.stringify(one));

export const dropOut = (userId: number, key: string): void => localStorage.removeItem(nameOf(userId, key));

/** Everything this person left behind, the oldest first. */
export function readOut(userId: number): Outgoing[] {
  const left: Outgoing[] = [];
  for (let place = 0; place < localStorage.length; place += 1) {
    const name = localStorage.key(place);
    if (!name?.startsWith(nameOf(userId, ""))) continue;
    const kept = localStorage.getItem(name);
    if (kept) left.push(JSON.parse(kept) as Outgoing);
  }
  return left.sort((a, b) => a.at.localeCompare(b.at));
}

export const isKept = (userId: number, key: string): boolean =>
  localStorage.getItem(nameOf(userId, key)) !== null;

/** Runs `work` when no other tab is (any longer) busy with this text: at once, or when that tab is gone. Without
 * Web Locks the server alone sees to it that a text is taken once. */
export async function holding(key: string, work: () => Promise<void>): Promise<void> {
  const locks = globalThis.navigator?.locks;
  if (!locks) return work();
  await locks.request(`${PREFIX}-${key}`, work);
}
