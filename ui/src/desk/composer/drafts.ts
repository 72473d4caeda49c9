/** Drafts, one for each conversation, kept in the browser so that neither a reload nor an outage loses them. */
import { session } from "../../api/session";
import type { MediaView } from "../../api/types";
import type { Outgoing } from "../../live/outgoing";
import { Store, useStore } from "../../live/store";

export interface Draft {
  body: string;
  mode: "reply" | "note";
  media: MediaView[];
  /** Slots of templates put in that were not known; braces somebody types are just braces. */
  holes: readonly string[];
}

const EMPTY: Draft = { body: "", mode: "reply", media: [], holes: [] };
const drafts = new Store<Readonly<Record<number, Draft>>>({});

const shelf = (conversationId: number): string =>
  `answerback-draft-${session.get()?.user.id ?? 0}-${conversationId}`;

function read(conversationId: number): Draft {
  const kept = localStorage.getItem(shelf(conversationId));
  try {
    return kept ? { ...EMPTY, ...(JSON.parse(kept) as Partial<Draft>) } : EMPTY;
  } catch {
    return EMPTY;
  }
}

export function setDraft(conversationId: number, part: Partial<Draft>): void {
  drafts.set((all) => {
    const next = { ...(all[conversationId] ?? read(conversationId)), ...part };
    const empty = next.body === "" && next.media.length === 0;
    if (empty) localStorage.removeItem(shelf(conversationId));
    else localStorage.setItem(shelf(conversationId), JSON.stringify(next));
    return { ...all, [conversationId]: next };
  });
}

export const draftOf = (conversationId: number): Draft =>
  drafts.get()[conversationId] ?? read(conversationId);

/** The slots that still stand in the text. */
export const openHoles = ({ body, holes }: Draft): string[] =>
  holes.filter((name) => body.includes(`{${name}}`));

/** Puts a text that could not be sent back into the composer, before whatever is there already. */
export function restoreDraft(one: Outgoing): void {
  const held = draftOf(one.conversationId);
  setDraft(one.conversationId, {
    body: [one.body, held.body].filter(Boolean).join("\n"),
    mode: one.kind === "note" ? "note" : "reply",
    media: [...one.media, ...held.media],
  });
}

export function useDraft(conversationId: number): Draft {
  const held = useStore(drafts, (all) => all[conversationId]);
  if (held) return held;
  const kept = read(conversationId);
  return kept.body || kept.media.length > 0 ? kept : EMPTY;
}
