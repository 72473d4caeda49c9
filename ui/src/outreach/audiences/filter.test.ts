import { describe, expect, it } from "vitest";
import { conditionOf, filterOf, type Held, newHeld, sayCondition } from "./filter";

const held = (part: Partial<Held>): Held => ({ ...newHeld(1), ...part });

describe("a saved filter", () => {
  it("reads what is typed with commas between, and countries in any case", () => {
    expect(conditionOf(held({ typed: "vip,  cargo bikes ,", not: true }))).toEqual({
      about: "tag",
      any_of: ["vip", "cargo bikes"],
      is_not: true,
    });
    expect(conditionOf(held({ about: "country", typed: "us, ca" }))).toMatchObject({ any_of: ["US", "CA"] });
  });

  it("is not complete while a condition lacks something or cannot be read", () => {
    expect(conditionOf(held({}))).toBeNull();
    expect(conditionOf(held({ about: "area_code", typed: "312, 77" }))).toBeNull();
    expect(conditionOf(held({ about: "last_text", when: "before" }))).toBeNull();
    expect(conditionOf(held({ about: "campaign" }))).toBeNull();
    expect(filterOf([held({ about: "consent" }), held({})])).toBeNull();
    expect(filterOf([])).toEqual({ all_of: [] });
  });

  it("takes no time where nobody ever wrote", () => {
    const never = held({ about: "last_text", when: "never", day: "2026-03-01" });
    expect(conditionOf(never)).toEqual({ about: "last_text", direction: "inbound", when: "never", at: null });
  });

  it("says its conditions in words", () => {
    expect(sayCondition({ about: "language", any_of: ["es", "fr"], is_not: true }, {})).toBe(
      "Language is none of Spanish, French",
    );
    expect(sayCondition({ about: "campaign", campaign_id: 7, is_not: true }, { 7: "Spring" })).toBe(
      "Spring has not texted them",
    );
  });
});
