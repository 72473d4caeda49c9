import { describe, expect, it } from "vitest";
import { readRepeats, writeRepeats } from "./recurrence";

describe("a rule as the form has it", () => {
  it.each(["FREQ=DAILY", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "FREQ=MONTHLY;UNTIL=20271231", "FREQ=YEARLY"])(
    "%s is read and written back the same",
    (rule) => {
      const read = readRepeats(rule);
      expect(read && writeRepeats(read)).toBe(rule);
    },
  );

  it.each(["FREQ=MONTHLY;BYDAY=1MO", "FREQ=DAILY;COUNT=3", "FREQ=HOURLY", "nonsense", ""])(
    "%s is left to be edited as it is written",
    (rule) => expect(readRepeats(rule)).toBeNull(),
  );

  it("drops weekdays that only weeks have", () => {
    expect(writeRepeats({ every: "DAILY", interval: 1, weekdays: ["MO"], until: "" })).toBe("FREQ=DAILY");
  });
});
