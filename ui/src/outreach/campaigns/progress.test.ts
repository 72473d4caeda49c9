import { describe, expect, it } from "vitest";
import type { OutcomeCount } from "../../api/schema.gen";
import { resultOf, sharesOf } from "./progress";

const count = (part: Partial<OutcomeCount>): OutcomeCount => ({
  variant: 0,
  outcome: "delivered",
  reason: "",
  recipients: 1,
  replied: 0,
  opted_out: 0,
  parts: 1,
  ...part,
});
const countsOf = (counts: readonly OutcomeCount[]) =>
  Object.fromEntries(sharesOf(counts).map(({ key, count }) => [key, count]));

describe("how far a campaign is", () => {
  it("adds up variants and reasons, and tells the usual outcomes also when there are none", () => {
    const counts = [
      count({ recipients: 4 }),
      count({ recipients: 3, variant: 1 }),
      count({ outcome: "refused", reason: "consent", recipients: 2 }),
      count({ outcome: "refused", reason: "template", recipients: 1 }),
    ];
    expect(countsOf(counts)).toEqual({ delivered: 7, on_the_way: 0, waiting: 0, refused: 3, failed: 0 });
  });

  it("tells of unclear and unsent ones only where there are some", () => {
    expect(
      countsOf([count({ outcome: "unclear" }), count({ outcome: "stopped", recipients: 2 })]),
    ).toMatchObject({
      unclear: 1,
      stopped: 2,
    });
    expect(countsOf([count({})])).not.toHaveProperty("unclear");
  });

  it("measures a text by what left of it", () => {
    const counts = [
      count({ recipients: 8, replied: 2 }),
      count({ outcome: "failed", recipients: 2, opted_out: 1 }),
      count({ outcome: "refused", recipients: 5 }),
      count({ variant: 1, recipients: 9 }),
    ];
    expect(resultOf(counts, 0)).toEqual({ left: 10, delivered: 8, replied: 2, opted_out: 1 });
  });
});
