/** What can be done with a conversation, by whom, and doing it. The server has the last word. */
import { type Move, moveConversation } from "../api/calls";
import type { ConversationView, Me } from "../api/types";
import { say, sayFailed } from "../blocks/toasts";
import { live } from "../live/link";
import { putConversation } from "../live/reduce";
import { Store } from "../live/store";
import { head } from "../words/desk";

export type Dialog = "why" | "transfer" | "snooze" | "call";

/** Which dialog of the open conversation is up; here, because the command bar opens them too. */
export const dialog = new Store<Dialog | null>(null);
export const openDialog = (name: Dialog | null): void => dialog.set(() => name);

export type Can = Record<
  "answer" | "call" | "pick" | "end" | "leave" | "snooze" | "transfer" | "close" | "reopen",
  boolean
>;

const LIVE: ReadonlySet<string> = new Set(["active", "waiting"]);

export function whatCan(me: Me, { state, agent_id }: ConversationView): Can {
  const mine = agent_id === me.id;
  const supervises = me.role !== "agent";
  const held = LIVE.has(state);
  const calls = me.permissions.includes("call_customers");
  return {
    answer: mine && held,
    call: calls && state !== "closed" && ((mine && state !== "offered") || supervises),
    pick: state === "open",
    end: mine && held,
    leave: mine && state === "active",
    snooze: mine && held,
    transfer: (mine && held) || (supervises && state !== "closed" && state !== "wrap_up"),
    close: state !== "closed" && ((mine && state === "wrap_up") || supervises),
    reopen: (state === "wrap_up" && mine) || (state === "closed" && (mine || supervises)),
  };
}

type Told = keyof typeof head.done;

/** True when it was done. A refusal is told where it happened and changes nothing. */
export async function move(id: number, what: Move, body?: Record<string, unknown>): Promise<boolean> {
  try {
    const row = await moveConversation(id, what, body);
    live.set((state) => state && putConversation(state, row));
    if (what in head.done) say(head.done[what as Told]);
    return true;
  } catch (error) {
    sayFailed(head.failed[what], error);
    return false;
  }
}

/** Quiet: nobody asked for it, so nobody needs to hear that it failed. */
export function markRead(id: number): void {
  moveConversation(id, "read").then(
    (row) => live.set((state) => state && putConversation(state, row)),
    () => {},
  );
}
