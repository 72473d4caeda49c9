import { expect, test } from "vitest";
import { nameFor } from "./names";

test("a list is called as its file, and as no other list", () => {
  expect(nameFor("spring-customers_2026.CSV", [])).toBe("spring customers 2026");
  expect(nameFor("spring.csv", ["Spring", "spring 2", "autumn"])).toBe("spring 3");
});
