/** Numbers at the providers beside ours: new ones there, ours that are gone, ours whose texts go elsewhere. */
import { Button } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { sentenceOf } from "../../api/client";
import { availableNumbers } from "../../api/settings-calls";
import type { Offer, ProviderAccount, SmsNumber } from "../../api/settings-types";
import { LoadingFace } from "../../blocks/Faces";
import { Icon } from "../../blocks/Icon";
import { type Column, Table } from "../../blocks/Rows";
import { Notice, Tag } from "../../blocks/Small";
import { phoneOf } from "../../words/common";
import { syncWords as words } from "../../words/settings-nouns";
import { useProviders } from "../accounts/useProviders";
import css from "../settings.module.css";

interface Found {
  /** Stays with the row while others come in above it. */
  id: string;
  address: string;
  account: string;
  what: ReactNode;
  act: ReactNode;
}

function differencesOf(account: ProviderAccount, offer: Offer, numbers: readonly SmsNumber[]) {
  const known = (id: number | null) => numbers.find((one) => one.id === id);
  const row = (address: string, what: ReactNode, to: string, word: string) => ({
    id: `${account.id} ${to} ${address}`,
    address,
    account: account.name,
    what,
    act: (
      <Button size="compact-sm" variant="default" component={Link} to={to} aria-label={`${word}: ${address}`}>
        {word}
      </Button>
    ),
  });
  const fresh = offer.items.filter((one) => one.number_id === null);
  const astray = offer.items.filter((one) => one.number_id !== null && one.points_here === false);
  return [
    ...fresh.map((one) =>
      row(
        one.address,
        one.refusal ?? <Tag tone="good">{words.fresh}</Tag>,
        `/settings/provider-accounts/setup-${account.id}`,
        words.add,
      ),
    ),
    ...offer.gone.map((id) =>
      row(
        known(id)?.address ?? "",
        <Tag tone="bad" icon="warn">
          {words.gone}
        </Tag>,
        `/settings/numbers/${id}`,
        words.look,
      ),
    ),
    ...astray.map((one) =>
      row(
        one.address,
        <Tag tone="warn" icon="warn">
          {words.astray}
        </Tag>,
        `/settings/numbers/${one.number_id}`,
        words.look,
      ),
    ),
  ];
}

const COLUMNS: readonly Column<Found>[] = [
  { title: words.number, cell: (one) => <span className="ab-tabular">{phoneOf(one.address)}</span> },
  { title: words.account, cell: (one) => one.account },
  { title: words.what, cell: (one) => one.what },
  { title: "", cell: (one) => one.act, figure: true },
];

interface Props {
  accounts: readonly ProviderAccount[];
  numbers: readonly SmsNumber[];
}

export function Sync({ accounts, numbers }: Props) {
  const [asked, setAsked] = useState(false);
  const providers = useProviders();
  const listing = accounts.filter(
    (account) =>
      account.active &&
      (providers.data?.find((one) => one.name === account.provider)?.listed_types.length ?? 0) > 0,
  );
  const offers = useQueries({
    queries: listing.map((account) => ({
      queryKey: ["available", account.id],
      queryFn: () => availableNumbers(account.id),
      enabled: asked,
      retry: false,
    })),
  });
  if (listing.length === 0) return null;
  const busy = offers.some((one) => one.isFetching);
  const rows = listing.flatMap((account, place) => {
    const offer = offers[place]?.data;
    return offer ? differencesOf(account, offer, numbers) : [];
  });
  const look = () => {
    if (asked) for (const one of offers) void one.refetch();
    setAsked(true);
  };
  return (
    <section className={css.sync} aria-label={words.title}>
      <div>
        <h3>{words.title}</h3>
        <p>{words.about}</p>
      </div>
      <span>
        <Button variant="default" leftSection={<Icon name="refresh" />} loading={busy} onClick={look}>
          {words.sync}
        </Button>
      </span>
      {asked && busy && <LoadingFace lines={2} />}
      {listing.map((account, place) => {
        const error = offers[place]?.error;
        return error ? (
          <Notice key={account.id} tone="bad" icon="warn">
            {account.name}: {sentenceOf(error)}
          </Notice>
        ) : null;
      })}
      {asked && !busy && rows.length === 0 && offers.every((one) => one.isSuccess) && <p>{words.same}</p>}
      {rows.length > 0 && <Table rows={rows} columns={COLUMNS} />}
    </section>
  );
}
