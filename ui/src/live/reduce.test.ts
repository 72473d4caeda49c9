import { describe, expect, it } from "vitest";
import { applyEvent, forgetUnlisted, fromSnapshot, openThread, putPage } from "./reduce";
import { conversation, desk, event, message, offer } from "./samples";
import { listsOf } from "./state";

const NOW = Date.parse("2026-03-03T12:00:00Z");
const ids = (rows: { id: number }[]) => rows.map((row) => row.id);

describe("the lists", () => {
  it("hold mine, my queues' open ones, and those I closed within a day", () => {
    const live = fromSnapshot(
      desk({
        my: [conversation({ id: 1, state: "active", agent_id: 7 })],
        open: [conversation({ id: 2, state: "open", queue_id: 3 })],
        closed: [
          conversation({ id: 4, state: "closed", agent_id: 7, closed_at: "2026-03-03T11:00:00Z" }),
          conversation({ id: 5, state: "closed", agent_id: 7, closed_at: "2026-03-02T11:00:00Z" }),
        ],
      }),
    );
    const lists = listsOf(live, NOW);
    expect([ids(lists.my), ids(lists.open), ids(lists.closed)]).toEqual([[1], [2], [4]]);
  });

  it("show agents only their own queues, supervisors all", () => {
    const open = [conversation({ id: 2, state: "open", queue_id: 99 })];
    expect(listsOf(fromSnapshot(desk({ open })), NOW).open).toEqual([]);
    expect(ids(listsOf(fromSnapshot(desk({ open }, "supervisor")), NOW).open)).toEqual([2]);
  });

  it("put whoever waits longest for us first and the snoozed and wrapped up last", () => {
    const my = [
      conversation({ id: 1, agent_id: 7, state: "waiting" }),
      conversation({ id: 2, agent_id: 7, state: "active", waiting_since: "2026-03-03T11:50:00Z" }),
      conversation({ id: 3, agent_id: 7, state: "wrap_up" }),
      conversation({ id: 4, agent_id: 7, state: "active", waiting_since: "2026-03-03T11:40:00Z" }),
    ];
    expect(ids(listsOf(fromSnapshot(desk({ my })), NOW).my)).toEqual([4, 2, 1, 3]);
  });
});

describe("an event", () => {
  const start = fromSnapshot(
    desk({ open: [conversation({ id: 2, state: "open", queue_id: 3, version: 5 })] }),
  );

  it("moves a conversation from Open to My", () => {
    const taken = conversation({ id: 2, state: "active", agent_id: 7, version: 6 });
    const lists = listsOf(applyEvent(start, event({ conversation: taken })), NOW);
    expect([ids(lists.my), ids(lists.open)]).toEqual([[2], []]);
  });

  it("does not put an older row over a newer one", () => {
    const old = conversation({ id: 2, state: "closed", version: 4 });
    expect(applyEvent(start, event({ conversation: old })).conversations[2]?.state).toBe("open");
  });

  it("at or before the cursor changes nothing", () => {
    const taken = conversation({ id: 2, state: "active", agent_id: 7, version: 6 });
    expect(applyEvent(start, event({ cursor: "10-3", conversation: taken }))).toBe(start);
  });

  it("is placed by transaction number, not by text order", () => {
    expect(applyEvent(start, event({ cursor: "9-999" }))).toBe(start);
    expect(applyEvent(start, event({ cursor: "11-1" })).cursor).toBe("11-1");
  });

  it("brings an offer, and any move of the conversation takes it away", () => {
    const offered = conversation({ id: 2, state: "offered", agent_id: 7, version: 6 });
    const made = applyEvent(start, event({ offer: offer({ conversation: offered }), conversation: offered }));
    expect(ids(Object.values(made.offers))).toEqual([50]);
    const back = conversation({ id: 2, state: "open", version: 7 });
    expect(applyEvent(made, event({ cursor: "12-1", conversation: back })).offers).toEqual({});
  });
});

describe("a thread", () => {
  const opened = openThread(fromSnapshot(desk({})), 20);
  const page = { items: [message({ id: 1 })].map(item), next_before: null };

  it("keeps what the stream brought before its first page came", () => {
    const early = applyEvent(opened, event({ contact_id: 20, message: message({ id: 2 }) }));
    const loaded = putPage(early, 20, "newest", page);
    expect(loaded.threads[20]?.items.map((one) => one.key)).toEqual(["m1", "m2"]);
  });

  it("shows a message once however often it comes, and never takes its status back", () => {
    let live = putPage(opened, 20, "newest", page);
    live = applyEvent(
      live,
      event({
        cursor: "11-1",
        contact_id: 20,
        message: message({ id: 2, status: "delivered", status_rank: 60 }),
      }),
    );
    live = applyEvent(
      live,
      event({ cursor: "11-2", contact_id: 20, message: message({ id: 2, status: "sent", status_rank: 30 }) }),
    );
    const items = live.threads[20]?.items ?? [];
    expect(items).toHaveLength(2);
    expect(items[1]?.kind === "message" && items[1].message.status).toBe("delivered");
  });

  it("grows upward without repeating what is there", () => {
    const live = putPage(putPage(opened, 20, "newest", page), 20, "earlier", {
      items: [message({ id: 0 }), message({ id: 1 })].map(item),
      next_before: "c",
    });
    expect(live.threads[20]?.items.map((one) => one.key)).toEqual(["m0", "m1"]);
    expect(live.threads[20]?.nextBefore).toBe("c");
  });
});

it("lets go of conversations that stand in no list, but not of the one on screen", () => {
  const others = [8, 9].map((id) => conversation({ id, state: "active", agent_id: 99 }));
  const live = fromSnapshot(desk({ my: others }));
  expect(Object.keys(forgetUnlisted(live, 9, NOW).conversations)).toEqual(["9"]);
});

function item(one: ReturnType<typeof message>) {
  return {
    key: `m${one.id}`,
    at: one.created_at,
    conversation_id: 2,
    kind: "message" as const,
    message: one,
  };
}
