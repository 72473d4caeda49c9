import { describe, expect, it } from "vitest";
import type { Campaign } from "../../../api/schema.gen";
import { draftOf, EMPTY, evenly, lacks, sharesSum, stepOf, wishOf, withVariants } from "./draft";

describe("a campaign on its way", () => {
  it("shares whole percents out that add up to a hundred", () => {
    expect(evenly(1)).toEqual(["100"]);
    expect(evenly(3)).toEqual(["34", "33", "33"]);
    expect(sharesSum({ variants: withVariants([1, 2, 3, null]) })).toBe(100);
  });

  it("says what each step lacks", () => {
    expect(lacks("audience", { ...EMPTY, name: "Spring" })).toBe(true);
    expect(lacks("audience", { ...EMPTY, name: "Spring", audience_id: 4 })).toBe(false);
    expect(lacks("texts", EMPTY)).toBe(true);
    expect(lacks("texts", { ...EMPTY, variants: [{ template_id: 1, share: "90" }] })).toBe(true);
    expect(lacks("texts", { ...EMPTY, variants: withVariants([1, 2]) })).toBe(false);
    expect(lacks("sending", EMPTY)).toBe(true);
    expect(lacks("sending", { ...EMPTY, number_ids: [1] })).toBe(false);
    expect(lacks("sending", { ...EMPTY, number_ids: [1], send_at: "" })).toBe(true);
    expect(lacks("sending", { ...EMPTY, number_ids: [1], opt_out_limit: "101" })).toBe(true);
    expect(lacks("sending", { ...EMPTY, number_ids: [1], pace_by_agents: true, reply_share: "0" })).toBe(
      true,
    );
  });

  it("reads a kept draft as percents and gives it back as it was", () => {
    const kept = {
      name: "Spring",
      audience_id: 4,
      variants: [
        { template_id: 1, share: 2 },
        { template_id: 2, share: 1 },
      ],
      number_ids: [1],
      pace_by_agents: true,
      reply_share: 0.07,
      filtered_limit: 0.05,
      opt_out_limit: 0.025,
      failed_limit: 0.3,
      send_at: "2027-03-01T15:00:00.000Z",
    };
    const draft = draftOf(kept as unknown as Campaign);
    expect(draft.variants.map((one) => one.share)).toEqual(["67", "33"]);
    expect([draft.reply_share, draft.opt_out_limit]).toEqual(["7", "2.5"]);
    const { variants: _, ...wish } = wishOf(draft) ?? {};
    const { variants: __, ...same } = kept;
    expect(wish).toEqual(same);
  });

  it("goes to the first step that the server found wrong", () => {
    expect(stepOf({ "variants[0].template_id": "is not one", number_ids: "is not one" }, "sending")).toBe(
      "texts",
    );
    expect(stepOf({}, "sending")).toBe("sending");
  });

  it("is for an audience that is known already", () => {
    expect(draftOf(null, 4).audience_id).toBe(4);
    expect(wishOf(EMPTY)).toBeNull();
  });
});
