import { expect, test } from "vitest";
import { fillHoles, holesOf, localeFor } from "./holes";

test("values fill holes, what is said instead fills the missing, the rest stays open", () => {
  const values: Record<string, string> = { name: "Maria", empty: "" };
  const text = "Hi {name}, {empty|friend}: { order } {{kept}}";
  expect(fillHoles(text, (name) => values[name])).toBe("Hi Maria, friend: {order} {kept}");
});

test("holes are named once, and only the needed ones when asked", () => {
  expect(holesOf("{b} {a|x} {b} {{c}} {2d}")).toEqual(["b", "a"]);
  expect(holesOf("{b} {a|x}", true)).toEqual(["b"]);
});

test("a customer reads their language, else another form of it, else the default", () => {
  const texts = { "en-US": "", es: "", "pt-BR": "" };
  expect(localeFor(texts, "en-US", "es-PR")).toBe("es");
  expect(localeFor(texts, "en-US", "pt")).toBe("pt-BR");
  expect(localeFor(texts, "en-US", "ko")).toBe("en-US");
  expect(localeFor(texts, "en-US", null)).toBe("en-US");
});
