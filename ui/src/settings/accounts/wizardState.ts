/** What the wizard has gathered, and saving it step by step: going back and on again changes, never doubles. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../api/client";
import { changeRow, checkDraft, createRow } from "../../api/settings-calls";
import type { AvailableNumber, ProviderAccount, SmsNumber } from "../../api/settings-types";
import { REQUIRED } from "./secrets";

export interface WizardDraft {
  name: string;
  apiBaseUrl: string;
  credentials: Record<string, string>;
  number: AvailableNumber | null;
  /** The chosen number when it is here already. */
  existing: SmsNumber | null;
  numberName: string;
  workstreamId: string;
}

export const EMPTY_DRAFT: WizardDraft = {
  name: "Twilio",
  apiBaseUrl: "https://api.twilio.com",
  credentials: {},
  number: null,
  existing: null,
  numberName: "",
  workstreamId: "",
};

const filled = (draft: WizardDraft): boolean =>
  REQUIRED.every((secret) => (draft.credentials[secret] ?? "").trim() !== "");

function accountOut(draft: WizardDraft): Record<string, unknown> {
  const credentials = Object.fromEntries(
    Object.entries(draft.credentials).flatMap(([name, value]) =>
      value.trim() ? [[name, value.trim()]] : [],
    ),
  );
  return { name: draft.name.trim(), api_base_url: draft.apiBaseUrl.trim(), credentials };
}

/** The checks run by themselves a moment after the last key, once all that is needed is there. */
export function useDraftChecks(draft: WizardDraft, shown: boolean) {
  const [settled] = useDebouncedValue(draft, 600);
  const wanted = shown && filled(settled);
  const checks = useQuery({
    queryKey: ["draft-checks", accountOut(settled)],
    queryFn: () => checkDraft({ provider: "twilio", ...accountOut(settled) }),
    enabled: wanted,
    retry: false,
    gcTime: 0,
  });
  return {
    checks: wanted ? checks.data?.checks : undefined,
    busy: checks.isFetching,
    error: wanted ? checks.error : null,
  };
}

interface Saving {
  draft: WizardDraft;
  account: ProviderAccount | null;
  setAccount: (account: ProviderAccount) => void;
  numberId: number | null;
  setNumberId: (id: number) => void;
}

function numberOut(
  { number, numberName, workstreamId }: WizardDraft,
  accountId: number,
): Record<string, unknown> {
  return {
    address: number?.address,
    name: numberName.trim(),
    provider_account_id: accountId,
    workstream_id: Number(workstreamId),
    type: number?.type,
    country: number?.country,
    capabilities: number?.capabilities ?? ["sms"],
    provider_number_id: number?.provider_number_id ?? null,
    messaging_service_id: number?.messaging_service_id ?? null,
  };
}

export function useSaving({ draft, account, setAccount, numberId, setNumberId }: Saving) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();

  const saveAccount = async () => {
    const body = accountOut(draft);
    const saved = account
      ? await changeRow<ProviderAccount>("provider-accounts", account.id, body)
      : await createRow<ProviderAccount>("provider-accounts", { provider: "twilio", ...body });
    setAccount(saved);
  };
  const saveNumber = async () => {
    if (!account) return;
    const known = draft.existing?.id ?? numberId;
    const workstream = { name: draft.numberName.trim(), workstream_id: Number(draft.workstreamId) };
    const saved = known
      ? await changeRow<SmsNumber>("numbers", known, workstream)
      : await createRow<SmsNumber>("numbers", numberOut(draft, account.id));
    setNumberId(saved.id);
  };
  /** Saves what the step gathered; false when it was refused. */
  const leave = async (step: number): Promise<boolean> => {
    setError(null);
    setBusy(true);
    try {
      if (step === 1) await saveAccount();
      if (step === 2) await saveNumber();
      await queries.invalidateQueries({ queryKey: ["settings"] });
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  /** What a step still lacks before one can go on. */
  const lacks = (step: number): boolean => {
    if (step === 0) return draft.name.trim() === "";
    if (step === 1) return !filled(draft);
    if (step === 2) return draft.number === null || draft.workstreamId === "";
    return false;
  };
  const problems = error instanceof ApiError ? error.fields : {};
  return { leave, lacks, busy, error, problems };
}
