/** What the wizard has gathered, and what a step still lacks. Pure: nothing here knows a provider by name. */
import type { OfferedNumber, Provider, ProviderAccount, SmsNumber } from "../../../api/settings-types";

export const STEPS = [
  "provider",
  "credentials",
  "numbers",
  "workstream",
  "behaviours",
  "callbacks",
  "summary",
  "test",
] as const;
export type Step = (typeof STEPS)[number];

/** A number that shall be used; `offered.number_id` is null until it is saved here. */
export interface Chosen {
  offered: OfferedNumber;
  name: string;
}

export interface WizardDraft {
  provider: string;
  name: string;
  apiBaseUrl: string;
  credentials: Record<string, string>;
  chosen: readonly Chosen[];
  workstreamId: string;
}

export const EMPTY_DRAFT: WizardDraft = {
  provider: "",
  name: "",
  apiBaseUrl: "",
  credentials: {},
  chosen: [],
  workstreamId: "",
};

/** Another provider is another account: what was typed for the first one stays only where it is the user's own. */
export function choose(draft: WizardDraft, provider: Provider, known: readonly Provider[]): WizardDraft {
  const ownName = draft.name !== "" && !known.some((one) => one.label === draft.name);
  return {
    ...draft,
    provider: provider.name,
    name: ownName ? draft.name : provider.label,
    apiBaseUrl: provider.api_base_url ?? "",
    credentials: {},
    chosen: [],
  };
}

export function resumed(account: ProviderAccount, numbers: readonly SmsNumber[]): WizardDraft {
  const ours = numbers.filter((one) => one.provider_account_id === account.id);
  return {
    provider: account.provider,
    name: account.name,
    apiBaseUrl: account.api_base_url,
    credentials: {},
    chosen: ours.map((one) => ({ offered: asOffered(one), name: one.name })),
    workstreamId: "",
  };
}

const asOffered = (number: SmsNumber): OfferedNumber => ({
  ...number,
  sms_url: null,
  voice_url: null,
  destinations: [],
  refusal: null,
  way_out: null,
  number_id: number.id,
  points_here: null,
});

/** Where a set-up that was left is taken up again. */
export const resumeAt = (draft: WizardDraft): Step => (draft.chosen.length > 0 ? "callbacks" : "numbers");

/** Enough to ask the provider: all that is required, and something to prove who asks. */
export function filled(draft: WizardDraft, provider: Provider): boolean {
  const typed = (name: string) => (draft.credentials[name] ?? "").trim() !== "";
  const asked = provider.credentials.filter((one) => !one.generated);
  return (
    draft.apiBaseUrl.trim() !== "" &&
    asked.every((one) => !one.required || typed(one.name)) &&
    asked.some((one) => one.secret && typed(one.name))
  );
}

export const nothingTyped = (draft: WizardDraft): boolean =>
  Object.values(draft.credentials).every((value) => value.trim() === "");

export function accountOut(draft: WizardDraft): Record<string, unknown> {
  const credentials = Object.fromEntries(
    Object.entries(draft.credentials).flatMap(([name, value]) =>
      value.trim() ? [[name, value.trim()]] : [],
    ),
  );
  return { name: draft.name.trim(), api_base_url: draft.apiBaseUrl.trim(), credentials };
}

export function numberOut({ offered, name }: Chosen, accountId: number, workstreamId: string) {
  return {
    address: offered.address,
    name: name.trim(),
    provider_account_id: accountId,
    workstream_id: Number(workstreamId),
    country: offered.type === "short_code" ? offered.country : undefined,
    capabilities: offered.capabilities,
    provider_number_id: offered.provider_number_id,
    messaging_service_id: offered.messaging_service_id,
  };
}

export const isNew = (one: Chosen): boolean => one.offered.number_id === null;

/** What a step still lacks before one can go on. A saved account keeps the secrets that are not typed again. */
export function lacks(
  step: Step,
  draft: WizardDraft,
  provider: Provider | undefined,
  saved: boolean,
): boolean {
  switch (step) {
    case "provider":
      return provider === undefined || draft.name.trim() === "";
    case "credentials":
      return (
        provider === undefined || !(filled(draft, provider) || (saved && draft.apiBaseUrl.trim() !== ""))
      );
    case "numbers":
      return draft.chosen.length === 0;
    case "workstream":
      return draft.chosen.some(isNew) && draft.workstreamId === "";
    default:
      return false;
  }
}
