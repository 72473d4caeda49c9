import { describe, expect, it } from "vitest";
import { barOf, draftOf, howOf, sayNow, withHow } from "./calendar";

const ZONE = "America/New_York";
const NOON = Date.parse("2026-11-25T17:00:00Z");
const now = (state: "open" | "closed" | "holiday", until: string | null, name = "") => ({
  state,
  until,
  name,
});

describe("a calendar being edited", () => {
  it("begins with office hours on weekdays", () => {
    const draft = draftOf(null);
    expect(draft.week.fri).toEqual([{ opens: "09:00", closes: "17:00" }]);
    expect(draft.week.sat).toEqual([]);
  });

  it("draws a span on a ruler of a day, cut at midnight", () => {
    expect(barOf({ opens: "06:00", closes: "18:00" })).toEqual({ left: 0.25, width: 0.5 });
    expect(barOf({ opens: "18:00", closes: "02:00" })).toEqual({ left: 0.75, width: 0.25 });
    expect(barOf({ opens: "00:00", closes: "00:00" })).toEqual({ left: 0, width: 1 });
  });

  it("says what it says by the clock of its zone", () => {
    expect(sayNow(now("open", "2026-11-25T22:00:00Z"), ZONE, NOON)).toBe("Open now, closes today at 5 PM");
    expect(sayNow(now("closed", "2026-11-26T14:30:00Z"), ZONE, NOON)).toBe(
      "Closed now, opens tomorrow at 9:30 AM",
    );
    expect(sayNow(now("holiday", "2026-11-30T14:00:00Z", "Thanksgiving Day"), ZONE, NOON)).toBe(
      "Closed now for Thanksgiving Day, opens Monday at 9 AM",
    );
    expect(sayNow(now("closed", "2027-01-04T14:00:00Z"), ZONE, NOON)).toBe(
      "Closed now, opens Monday, January 4 at 9 AM",
    );
    expect(sayNow(now("open", null), ZONE, NOON)).toBe("Open now, and does not close");
  });

  it("tells the kinds of special days apart", () => {
    const day = { first: "2026-12-24", name: "Eve" };
    for (const how of ["closed", "holiday", "open"] as const) expect(howOf(withHow(day, how))).toBe(how);
  });
});
