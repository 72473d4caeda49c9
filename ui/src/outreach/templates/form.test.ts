import { expect, test } from "vitest";
import type { MessageTemplate, TemplateVersion } from "../../api/schema.gen";
import { changesOf, type Form, formOf, localesOf, sampleOf, stateOf, unknownNames } from "./form";

const form: Form = {
  name: "Order",
  purpose: "informational",
  default_locale: "es",
  texts: { en: "Hi {CustomerFirstName|there}, {total} on {day}: {order}", es: "{total}" },
  slots: [
    { name: "total", kind: "money", sample: "1234.5 USD" },
    { name: "day", kind: "date", sample: "2026-12-24" },
  ],
};

test("samples are written as people of that language write them", () => {
  expect(sampleOf(form, "en")).toBe("Hi Maria, $1,234.50 on Dec 24, 2026: {order}");
});

test("a sample that cannot be read stays as it is", () => {
  const slots = [{ name: "total", kind: "money" as const, sample: "much" }];
  expect(sampleOf({ ...form, slots }, "es")).toBe("much");
});

test("names that are no slots are told once, the default language stands first", () => {
  expect(unknownNames(form)).toEqual(["order"]);
  expect(localesOf(form)).toEqual(["es", "en"]);
});

test("only what changed is sent", () => {
  expect(changesOf(form, { ...form, name: "Order shipped" })).toEqual({ name: "Order shipped" });
});

test("a template's state says what is sent and what is being worked on", () => {
  const version = { ...form, version: 1, state: "draft" } as unknown as TemplateVersion;
  const one = { archived: false, approved: null, draft: version } as MessageTemplate;
  expect(stateOf(one)).toBe("draft");
  expect(stateOf({ ...one, approved: version })).toBe("beside");
  expect(stateOf({ ...one, approved: version, draft: null })).toBe("approved");
  expect(stateOf({ ...one, draft: { ...version, state: "rejected" } })).toBe("rejected");
  expect(stateOf({ ...one, archived: true })).toBe("archived");
  expect(formOf(null).texts).toEqual({ en: "" });
});
