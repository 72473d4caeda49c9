/** Saving step by step: going back and on again changes, never doubles; what was saved stays when one leaves. */
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { ApiError } from "../../../api/client";
import { changeRow, createRow } from "../../../api/settings-calls";
import type { ProviderAccount, SmsNumber } from "../../../api/settings-types";
import { accountOut, type Chosen, numberOut, type Step, type WizardDraft } from "./draft";

interface Saving {
  draft: WizardDraft;
  account: ProviderAccount | null;
  onSaved: (chosen: readonly Chosen[]) => void;
}

export function useSaving({ draft, account, onSaved }: Saving) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const navigate = useNavigate();

  const saveAccount = async () => {
    const body = accountOut(draft);
    if (account) {
      await changeRow<ProviderAccount>("provider-accounts", account.id, body);
      await queries.invalidateQueries({ queryKey: ["checks", account.id] });
      await queries.invalidateQueries({ queryKey: ["available", account.id] });
      return;
    }
    const made = await createRow<ProviderAccount>("provider-accounts", { provider: draft.provider, ...body });
    await queries.invalidateQueries({ queryKey: ["settings"] }); // the address below names a row of the list
    await navigate({
      to: "/settings/$page/$rowId",
      params: { page: "provider-accounts", rowId: `setup-${made.id}` },
      replace: true,
    });
  };

  const saveNumbers = async () => {
    if (!account) return;
    const saved = [...draft.chosen];
    try {
      for (const [place, one] of draft.chosen.entries()) {
        const id = one.offered.number_id;
        const row = id
          ? await changeRow<SmsNumber>("numbers", id, { name: one.name.trim() })
          : await createRow<SmsNumber>("numbers", numberOut(one, account.id, draft.workstreamId));
        saved[place] = { ...one, offered: { ...one.offered, number_id: row.id } };
      }
    } finally {
      onSaved(saved);
    }
  };

  /** Saves what the step gathered; false when it was refused. */
  const leave = async (step: Step): Promise<boolean> => {
    setError(null);
    setBusy(true);
    try {
      if (step === "credentials") await saveAccount();
      if (step === "workstream") await saveNumbers();
      await queries.invalidateQueries({ queryKey: ["settings"] });
      return true;
    } catch (problem) {
      setError(problem);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const problems = error instanceof ApiError ? error.fields : {};
  return { leave, busy, error, problems };
}
