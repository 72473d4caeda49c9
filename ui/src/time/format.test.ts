import { expect, it } from "vitest";
import { agoOf, dayOf, localClock, runningOf } from "./format";

const NOW = new Date(2026, 2, 3, 12, 0, 0).getTime();
const before = (ms: number) => new Date(NOW - ms).toISOString();

it("says how long ago in the largest unit", () => {
  const cases = [10_000, 5 * 60_000, 3 * 3_600_000, 2 * 86_400_000].map((ms) => agoOf(before(ms), NOW));
  expect(cases).toEqual(["now", "5m", "3h", "2d"]);
});

it("runs like a clock", () => {
  expect([42_000, 250_000, 3_850_000, 266_400_000, -5].map(runningOf)).toEqual([
    "0:42",
    "4:10",
    "1:04:10",
    "3d 2h",
    "0:00",
  ]);
});

it("names today and yesterday by the viewer's calendar, not by hours", () => {
  expect(dayOf(before(11 * 3_600_000), NOW)).toBe("Today");
  expect(dayOf(before(13 * 3_600_000), NOW)).toBe("Yesterday");
});

it("shows no local time for a zone nobody knows", () => {
  expect(localClock("Not/AZone", NOW)).toBeNull();
  expect(localClock(null, NOW)).toBeNull();
  expect(localClock("America/Puerto_Rico", Date.UTC(2026, 2, 3, 14, 42))).toMatch(/10:42/);
});
