/** Where texts go: set through the provider's API where it has one, else the exact values to enter in its portal. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { sentenceOf } from "../../../api/client";
import { connectNumber } from "../../../api/settings-calls";
import type { Provider, ProviderAccount } from "../../../api/settings-types";
import type { Check } from "../../../api/types";
import { LoadingFace } from "../../../blocks/Faces";
import { Notice } from "../../../blocks/Small";
import { phoneOf } from "../../../words/common";
import { accountWords } from "../../../words/settings";
import { wizardWords as words } from "../../../words/wizard";
import { CheckList } from "../../CheckList";
import own from "../accounts.module.css";
import { CallbackLines } from "../CallbackLines";
import type { Chosen } from "./draft";

interface Props {
  account: ProviderAccount;
  provider: Provider;
  chosen: readonly Chosen[];
}

interface Found {
  name: string;
  checks: Check[];
}

/** Where all numbers share one way, what they have in common is said once. */
function shared(found: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return found.flatMap(({ name, checks }) => {
    const others = checks.filter((check) => {
      const key = JSON.stringify(check);
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
    return others.length > 0 ? [{ name, checks: others }] : [];
  });
}

export function CallbacksStep({ account, provider, chosen }: Props) {
  const queries = useQueryClient();
  const [asked, setAsked] = useState(!provider.sets_callbacks);
  const numbers = chosen.flatMap((one) => (one.offered.number_id === null ? [] : [one.offered]));
  const found = useQuery({
    queryKey: ["connected", account.id, numbers.map((one) => one.number_id)],
    queryFn: async () => {
      const all: Found[] = [];
      for (const number of numbers) {
        const { checks } = await connectNumber(number.number_id ?? 0);
        all.push({ name: phoneOf(number.address), checks });
      }
      void queries.invalidateQueries({ queryKey: ["checks", account.id] });
      return all;
    },
    enabled: asked,
    retry: false,
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const shown = shared(found.data ?? []);
  const connect = () => (asked ? void found.refetch() : setAsked(true));
  return (
    <>
      <p>{provider.sets_callbacks ? words.setAbout(provider.label) : words.copyAbout(provider.label)}</p>
      {provider.sets_callbacks && (
        <div>
          <Button variant="default" loading={found.isFetching} onClick={connect}>
            {words.setThere}
          </Button>
        </div>
      )}
      {found.isFetching && !found.data && <LoadingFace lines={2} label={accountWords.checking} />}
      {found.isError && (
        <Notice tone="bad" icon="warn">
          {words.connectFailed}. {sentenceOf(found.error)}
        </Notice>
      )}
      {shown.map((one) => (
        <section key={one.name} className={own.found} aria-label={one.name}>
          {(provider.sets_callbacks || shown.length > 1) && <h3 className="ab-tabular">{one.name}</h3>}
          <CheckList checks={one.checks} />
        </section>
      ))}
      {provider.sets_callbacks && (
        <details className={own.more}>
          <summary>{words.byHand}</summary>
          <div>
            <CallbackLines account={account} />
          </div>
        </details>
      )}
    </>
  );
}
