import { expect, it } from "vitest";
import { changesOf, durationOf, type Field, initialValues } from "./fields";

const FIELDS: Field[] = [
  { name: "name", label: "Name", kind: "text" },
  { name: "queue_id", label: "Queue", kind: "select", id: true },
  { name: "service", label: "Service", kind: "text", nullable: true },
  { name: "seconds", label: "Seconds", kind: "seconds", initial: 60 },
  { name: "password", label: "Password", kind: "password" },
  { name: "on", label: "On", kind: "switch" },
];
const ROW = { name: "Support", queue_id: 3, service: null, seconds: 120, on: true };

it("sends only what was changed", () => {
  const values = { ...initialValues(FIELDS, ROW), name: " Sales ", on: false };
  expect(changesOf(FIELDS, ROW, values)).toEqual({ name: "Sales", on: false });
});

it("sends nothing for a form that was only looked at", () => {
  expect(changesOf(FIELDS, ROW, initialValues(FIELDS, ROW))).toEqual({});
});

it("turns choices into ids and empty optional texts into null", () => {
  const values = { ...initialValues(FIELDS, { ...ROW, service: "MG1" }), queue_id: "4", service: "" };
  expect(changesOf(FIELDS, { ...ROW, service: "MG1" }, values)).toEqual({ queue_id: 4, service: null });
});

it("makes a new row with its usual values and no empty password", () => {
  const values = { ...initialValues(FIELDS, null), name: "New", queue_id: "3" };
  expect(changesOf(FIELDS, null, values)).toEqual({ name: "New", queue_id: 3, seconds: 60, on: false });
});

it("says durations in the largest whole unit", () => {
  expect([90, 60, 7200, 259_200, 1].map(durationOf)).toEqual([
    "90 seconds",
    "1 minute",
    "2 hours",
    "3 days",
    "1 second",
  ]);
});
