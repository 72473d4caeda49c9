/** What a form is made of: its fields as data, and the two ways between a row and what is typed. Pure. */
import type { ReactNode } from "react";

export interface Option {
  value: string;
  label: string;
}

export interface Field {
  name: string;
  label: string;
  kind:
    | "text"
    | "email"
    | "password"
    | "number"
    | "seconds"
    | "select"
    | "switch"
    | "checks"
    | "url"
    | "custom";
  hint?: string;
  options?: readonly Option[];
  required?: boolean;
  min?: number;
  max?: number;
  /** Only when making a new row. */
  onlyNew?: boolean;
  /** Only of a row that is there: a new one takes what is usual. */
  onlyKnown?: boolean;
  /** Empty means null, not "". */
  nullable?: boolean;
  /** The choice is an id. */
  id?: boolean;
  /** A heading before this field. */
  group?: string;
  initial?: unknown;
  /** Kind custom: draws a value that is no plain one. */
  draw?: (given: Custom) => ReactNode;
}

/** What a field draws for itself is given. */
export interface Custom {
  value: unknown;
  /** Of the whole form, by field: those of its own begin with its name. */
  problems: Record<string, string>;
  onChange: (value: unknown) => void;
}

export type Values = Record<string, unknown>;

export function initialValues(fields: readonly Field[], row: Values | null): Values {
  return Object.fromEntries(
    fields.map((field) => {
      const value = row ? row[field.name] : field.initial;
      if (value !== undefined && value !== null) return [field.name, value];
      return [field.name, field.kind === "switch" ? false : field.kind === "checks" ? [] : ""];
    }),
  );
}

const NUMERIC: ReadonlySet<Field["kind"]> = new Set(["number", "seconds"]);

/** The value as the API wants it. */
export function valueOut(field: Field, value: unknown): unknown {
  if (field.kind === "checks") return value;
  if (NUMERIC.has(field.kind) || field.id) return value === "" ? null : Number(value);
  if (field.kind === "password" && value === "") return undefined;
  if (typeof value !== "string") return value;
  const text = value.trim();
  return text === "" && field.nullable ? null : text;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A new row whole; of a known one only what was changed. Left-out numbers of a new row take the usual value. */
export function changesOf(fields: readonly Field[], row: Values | null, values: Values): Values {
  const before = initialValues(fields, row);
  const changes: Values = {};
  for (const field of fields) {
    const value = valueOut(field, values[field.name]);
    if (value === undefined || (row === null && value === null)) continue;
    if (row !== null && same(value, valueOut(field, before[field.name]))) continue;
    changes[field.name] = value;
  }
  return changes;
}

const UNITS: readonly [seconds: number, one: string][] = [
  [86_400, "day"],
  [3600, "hour"],
  [60, "minute"],
];

/** "3 days", "90 seconds". */
export function durationOf(seconds: number): string {
  for (const [unit, name] of UNITS) {
    if (seconds >= unit && seconds % unit === 0) {
      const count = seconds / unit;
      return `${count} ${name}${count === 1 ? "" : "s"}`;
    }
  }
  return `${seconds} second${seconds === 1 ? "" : "s"}`;
}
