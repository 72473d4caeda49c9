/** The checks run by themselves a moment after the last key, once all that is needed is there. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { checkAccount, checkDraft } from "../../../api/settings-calls";
import type { Provider, ProviderAccount } from "../../../api/settings-types";
import { accountOut, filled, type WizardDraft } from "./draft";

export function useDraftChecks(draft: WizardDraft, provider: Provider | undefined, shown: boolean) {
  const [settled] = useDebouncedValue(draft, 600);
  const wanted = shown && provider !== undefined && filled(settled, provider);
  const checks = useQuery({
    queryKey: ["draft-checks", settled.provider, accountOut(settled)],
    queryFn: () => checkDraft({ provider: settled.provider, ...accountOut(settled) }),
    enabled: wanted,
    retry: false,
    gcTime: 0,
  });
  return {
    checks: wanted ? checks.data?.checks : undefined,
    busy: wanted && checks.isFetching,
    error: wanted ? checks.error : null,
  };
}

/** Those of the saved account: its credentials, the public address, and each of its numbers. */
export function useSavedChecks(account: ProviderAccount | null, shown: boolean) {
  return useQuery({
    queryKey: ["checks", account?.id],
    queryFn: () => checkAccount(account?.id ?? 0),
    enabled: shown && account !== null,
    retry: false,
    staleTime: 60_000,
  });
}
