import { describe, expect, it } from "vitest";
import type { OfferedNumber, Provider, ProviderAccount, SmsNumber } from "../../../api/settings-types";
import { accountOut, choose, EMPTY_DRAFT, filled, lacks, numberOut, resumeAt, resumed } from "./draft";

const credential = (name: string, more: Partial<Provider["credentials"][number]> = {}) => ({
  name,
  label: name,
  help: "",
  required: true,
  secret: true,
  generated: false,
  folded: false,
  ...more,
});
const acme = {
  name: "acme",
  label: "Acme",
  api_base_url: "https://api.acme.example",
  credentials: [
    credential("user", { secret: false }),
    credential("key"),
    credential("hook", { generated: true }),
  ],
} as Provider;
const resource = {
  ...acme,
  name: "resource",
  label: "Resource",
  api_base_url: null,
  credentials: [
    credential("key", { required: false }),
    credential("secret", { required: false, folded: true }),
  ],
} as Provider;
const draft = choose(EMPTY_DRAFT, acme, [acme, resource]);
const number = {
  address: "+13125550177",
  type: "long_code",
  country: "US",
  capabilities: ["sms"],
  number_id: null,
};
const chosen = { offered: number as unknown as OfferedNumber, name: " Support " };

describe("the wizard's draft", () => {
  it("takes name and address of the provider, but keeps a name of one's own", () => {
    expect(draft).toMatchObject({ name: "Acme", apiBaseUrl: "https://api.acme.example" });
    expect(choose(draft, resource, [acme, resource])).toMatchObject({ name: "Resource", apiBaseUrl: "" });
    const named = { ...draft, name: "Main account" };
    expect(choose(named, resource, [acme, resource]).name).toBe("Main account");
  });

  it("is enough to ask with once all that is required is there, and something to prove who asks", () => {
    expect(filled({ ...draft, credentials: { user: "me" } }, acme)).toBe(false);
    expect(filled({ ...draft, credentials: { user: "me", key: "k" } }, acme)).toBe(true);
    const own = choose(draft, resource, []);
    expect(filled({ ...own, credentials: { key: "k" } }, resource)).toBe(false);
    expect(filled({ ...own, apiBaseUrl: "https://a.example", credentials: {} }, resource)).toBe(false);
    expect(filled({ ...own, apiBaseUrl: "https://a.example", credentials: { secret: "s" } }, resource)).toBe(
      true,
    );
  });

  it("leaves out what is blank, so that saved secrets stay", () => {
    const typed = { ...draft, credentials: { user: " me ", key: "  " } };
    expect(accountOut(typed).credentials).toEqual({ user: "me" });
  });

  it("says what each step lacks; a saved account keeps the secrets not typed again", () => {
    expect(lacks("provider", EMPTY_DRAFT, undefined, false)).toBe(true);
    expect(lacks("credentials", draft, acme, false)).toBe(true);
    expect(lacks("credentials", draft, acme, true)).toBe(false);
    expect(lacks("numbers", draft, acme, true)).toBe(true);
    const withNumber = { ...draft, chosen: [chosen] };
    expect(lacks("workstream", withNumber, acme, true)).toBe(true);
    expect(lacks("workstream", { ...withNumber, workstreamId: "3" }, acme, true)).toBe(false);
  });

  it("lets the server tell type and country of a number, but for a short code's country", () => {
    expect(numberOut(chosen, 7, "3")).toMatchObject({
      name: "Support",
      workstream_id: 3,
      country: undefined,
    });
    const code = { ...chosen, offered: { ...chosen.offered, type: "short_code" as const, country: "CA" } };
    expect(numberOut(code, 7, "3").country).toBe("CA");
  });

  it("is taken up again with the numbers that were saved, and without secrets", () => {
    const account = {
      id: 7,
      provider: "acme",
      name: "Main",
      api_base_url: "https://a.example",
    } as ProviderAccount;
    const ours = { ...number, id: 4, name: "Support", provider_account_id: 7 } as unknown as SmsNumber;
    const other = { ...ours, id: 5, provider_account_id: 8 };
    const again = resumed(account, [ours, other]);
    expect(again.credentials).toEqual({});
    expect(again.chosen.map((one) => one.offered.number_id)).toEqual([4]);
    expect([resumeAt(again), resumeAt({ ...again, chosen: [] })]).toEqual(["callbacks", "numbers"]);
  });
});
