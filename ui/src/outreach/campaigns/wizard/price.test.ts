import { expect, test } from "vitest";
import { priceOf } from "./price";

test("a price says its currency, and small ones keep the parts of a cent", () => {
  expect(priceOf({ prices: [{ amount: "3.9184", currency: "USD" }] })).toBe("3.92 USD");
  expect(priceOf({ prices: [{ amount: "0.0079", currency: "USD" }] })).toBe("0.0079 USD");
});

test("prices in two currencies stand side by side", () => {
  const prices = [
    { amount: "2.5", currency: "EUR" },
    { amount: "1", currency: "USD" },
  ];
  expect(priceOf({ prices })).toBe("2.50 EUR + 1.00 USD");
});

test("without a price there is none to say", () => {
  expect(priceOf({ prices: null })).toBeNull();
  expect(priceOf({ prices: [] })).toBeNull();
});
