import { describe, expect, it } from "vitest";
import { choiceOf, lackOf, type Meaning, withMeaning } from "./columns";

const PHONE: Meaning = { use: "phone", slot: "" };
const ORDER: Meaning = { use: "value", slot: "order" };

describe("the columns of a file", () => {
  it("have one phone and one language: choosing another lets the one before go", () => {
    const chosen = withMeaning([PHONE, ORDER], 1, { use: "phone" });
    expect(chosen.map((one) => one.use)).toEqual(["ignored", "phone"]);
  });

  it("say what is still missing", () => {
    expect(lackOf([ORDER])).toBe("phone");
    expect(lackOf([PHONE, { use: "value", slot: "pickup day" }])).toBe("slot");
    expect(lackOf([PHONE, ORDER, ORDER])).toBe("twice");
    expect(lackOf([PHONE, ORDER])).toBeNull();
  });

  it("are told by their places", () => {
    const means: Meaning[] = [ORDER, { use: "ignored", slot: "note" }, PHONE, { use: "locale", slot: "" }];
    expect(choiceOf(means, "CA")).toEqual({ phone: 2, locale: 3, values: { order: 0 }, region: "CA" });
    expect(choiceOf([PHONE], "US").locale).toBeNull();
  });
});
