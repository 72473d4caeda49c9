/** A number's registration as a form: its own fields, and what was told to the carriers under the provider's names. Pure. */
import type { Standing } from "../../api/settings-types";
import { registrationWords as words } from "../../words/registration";
import { changesOf, type Field, type Values } from "../fields";

const DETAIL = "details.";

const BRAND: Field[] = [
  {
    name: "brand_kind",
    label: words.brandKind,
    hint: words.brandHint,
    kind: "select",
    nullable: true,
    options: words.brandKinds,
  },
  { name: "trust_score", label: words.trustScore, kind: "number", min: 0, max: 100 },
];

export function fieldsOf(kind: string): Field[] {
  return [
    { name: "status", label: words.status, kind: "select", options: words.statuses },
    { name: "reference", label: words.reference, hint: words.referenceHint[kind], kind: "text" },
    ...(kind === "10dlc_campaign" ? BRAND : []),
    { name: "rejection_reason", label: words.rejection, hint: words.rejectionHint, kind: "text" },
    { name: "override_reason", label: words.override, hint: words.overrideHint, kind: "text" },
  ];
}

export const detailsOf = (kind: string): Field[] =>
  (words.details[kind] ?? []).map(([name, label]) => ({ name: DETAIL + name, label, kind: "text" }));

/** One flat row for the form. */
export function rowOf(standing: Standing): Values {
  const { details, ...own } = standing.registration;
  return {
    ...own,
    ...Object.fromEntries(Object.entries(details).map(([name, value]) => [DETAIL + name, value])),
  };
}

/** What is sent: only what was changed; details always whole, since they are one value to the server. */
export function bodyOf(standing: Standing, values: Values): Values {
  const kind = standing.kind ?? "";
  const row = rowOf(standing);
  const changes = changesOf(fieldsOf(kind), row, values);
  const told = changesOf(detailsOf(kind), row, values);
  if (Object.keys(told).length === 0) return changes;
  const plain = Object.entries(told).map(([name, value]) => [name.slice(DETAIL.length), value]);
  return { ...changes, details: { ...standing.registration.details, ...Object.fromEntries(plain) } };
}
