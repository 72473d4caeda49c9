import { describe, expect, it } from "vitest";
import type { Standing } from "../../api/settings-types";
import { initialValues } from "../fields";
import { bodyOf, detailsOf, fieldsOf, rowOf } from "./registration";

const standing: Standing = {
  number_id: 1,
  kind: "10dlc_campaign",
  refusal: null,
  usage: [],
  registration: {
    status: "pending",
    reference: "CM1",
    rejection_reason: "",
    brand_kind: null,
    trust_score: null,
    details: { use_case: "Customer care", something_else: 7 },
    override_reason: "",
    override_by: null,
    checked_at: null,
  },
};
const fields = [...fieldsOf("10dlc_campaign"), ...detailsOf("10dlc_campaign")];
const values = initialValues(fields, rowOf(standing));

describe("the registration form", () => {
  it("sends nothing when nothing was changed", () => {
    expect(bodyOf(standing, values)).toEqual({});
  });

  it("sends only what was changed, figures as figures", () => {
    const changed = { ...values, status: "approved", brand_kind: "standard", trust_score: "60" };
    expect(bodyOf(standing, changed)).toEqual({
      status: "approved",
      brand_kind: "standard",
      trust_score: 60,
    });
  });

  it("keeps details that it does not know", () => {
    const changed = { ...values, "details.use_case": "Delivery" };
    expect(bodyOf(standing, changed)).toEqual({ details: { use_case: "Delivery", something_else: 7 } });
  });

  it("asks for brand and trust of 10DLC numbers only", () => {
    expect(fieldsOf("toll_free_verification").map((field) => field.name)).not.toContain("trust_score");
  });
});
