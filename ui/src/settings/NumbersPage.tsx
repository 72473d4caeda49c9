/** Our numbers: which account sends from them, which workstream their texts go to. */
import { Button } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Calendar } from "../api/schema.gen";
import { connectNumber, numberStandings } from "../api/settings-calls";
import type { ProviderAccount, SmsNumber, Workstream } from "../api/settings-types";
import type { Check } from "../api/types";
import type { Column } from "../blocks/Rows";
import { Tag } from "../blocks/Small";
import { sayFailed } from "../blocks/toasts";
import { phoneOf } from "../words/common";
import { hoursWords } from "../words/hours";
import { registrationWords } from "../words/registration";
import { accountWords, settings } from "../words/settings";
import { numberWords as words } from "../words/settings-nouns";
import { calendarField } from "./behaviours/calendarField";
import { CheckList } from "./CheckList";
import type { Field } from "./fields";
import { ListPage } from "./ListPage";
import { Calls } from "./numbers/Calls";
import { NumberFindings } from "./numbers/NumberFindings";
import { Registration } from "./numbers/Registration";
import { StandingTag } from "./numbers/StandingTag";
import { Sync } from "./numbers/Sync";
import { RowForm } from "./RowForm";
import css from "./settings.module.css";
import { rowOf, useRowNavigation, useRows } from "./useRows";

interface Row {
  id: number;
  name: string;
}
const options = (rows: readonly Row[] | undefined) =>
  (rows ?? []).map((row) => ({ value: String(row.id), label: row.name }));

function fieldsOf(
  accounts: readonly Row[] | undefined,
  workstreams: readonly Row[] | undefined,
  calendars: readonly Calendar[],
): Field[] {
  const only = (rows: readonly Row[] | undefined) => (rows?.length === 1 ? rows[0]?.id : undefined);
  return [
    {
      name: "address",
      label: words.address,
      hint: words.addressHint,
      kind: "text",
      required: true,
      onlyNew: true,
    },
    { name: "name", label: words.name, hint: words.nameHint, kind: "text" },
    {
      name: "provider_account_id",
      label: words.account,
      kind: "select",
      id: true,
      required: true,
      options: options(accounts),
      initial: only(accounts),
    },
    {
      name: "workstream_id",
      label: words.workstream,
      kind: "select",
      id: true,
      required: true,
      options: options(workstreams),
      initial: only(workstreams),
    },
    {
      name: "capabilities",
      label: words.capabilities,
      kind: "checks",
      options: words.capabilityNames,
      initial: ["sms"],
    },
    calendarField(calendars, hoursWords.numberHint),
    { name: "active", label: settings.active, hint: words.activeHint, kind: "switch", initial: true },
    {
      name: "parts_per_second",
      label: words.rate,
      hint: words.rateHint,
      kind: "number",
      min: 0.1,
      max: 1000,
      group: words.finer,
    },
    ...(["daily_cap", "weekly_cap", "monthly_cap"] as const).map(
      (name): Field => ({
        name,
        label: words.caps[name],
        hint: words.capHint,
        kind: "number",
        min: 1,
      }),
    ),
    { name: "price_per_part", label: words.price, hint: words.priceHint, kind: "number", min: 0 },
    { name: "monthly_budget", label: words.budget, hint: words.budgetHint, kind: "number", min: 0 },
    {
      name: "provider_answers_keywords",
      label: words.keywords,
      hint: words.keywordsHint,
      kind: "switch",
      onlyKnown: true,
    },
    {
      name: "messaging_service_id",
      label: words.service,
      hint: words.serviceHint,
      kind: "text",
      nullable: true,
    },
    {
      name: "provider_number_id",
      label: words.providerId,
      hint: words.providerIdHint,
      kind: "text",
      nullable: true,
    },
  ];
}

export function NumbersPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<SmsNumber>("numbers");
  const accounts = useRows<ProviderAccount>("provider-accounts");
  const workstreams = useRows<Workstream>("workstreams");
  const go = useRowNavigation("numbers");
  const row = rowOf(rows.data, rowId);
  const standings = useQuery({ queryKey: ["settings", "numbers", "standings"], queryFn: numberStandings });
  const standingOf = (id: number) => standings.data?.find((one) => one.number_id === id);
  const standing = row ? standingOf(row.id) : undefined;
  const calendars = useRows<Calendar>("calendars");
  const ready = accounts.data && workstreams.data && calendars.data;
  const nameIn = (all: readonly Row[] | undefined, id: number) =>
    all?.find((one) => one.id === id)?.name ?? "";
  const columns: Column<SmsNumber>[] = [
    { title: words.address, cell: (one) => <span className="ab-tabular">{phoneOf(one.address)}</span> },
    { title: words.name, cell: (one) => one.name },
    { title: words.type, cell: (one) => `${words.types[one.type]}, ${one.country}` },
    { title: words.capabilities, cell: (one) => one.capabilities.join(", ").toUpperCase() },
    { title: words.account, cell: (one) => nameIn(accounts.data, one.provider_account_id) },
    { title: words.workstream, cell: (one) => nameIn(workstreams.data, one.workstream_id) },
    { title: registrationWords.column, cell: (one) => <StandingTag standing={standingOf(one.id)} /> },
    {
      title: words.state,
      cell: (one) =>
        one.active ? (
          <Tag tone="good" icon="check">
            {settings.active}
          </Tag>
        ) : (
          <Tag>{settings.inactive}</Tag>
        ),
    },
  ];
  return (
    <ListPage page="numbers" rows={rows} columns={columns} nameOf={(one) => one.address}>
      {accounts.data && rows.data && <Sync accounts={accounts.data} numbers={rows.data} />}
      {row !== undefined && ready && (
        <RowForm
          key={rowId}
          resource="numbers"
          title={row ? phoneOf(row.address) : (settings.add.numbers ?? "")}
          fields={fieldsOf(accounts.data, workstreams.data, calendars.data ?? [])}
          row={row}
          onClose={go.close}
        >
          {row && <NumberFindings number={row} />}
          {row && <Connect id={row.id} />}
          {row && (
            <Calls number={row} account={accounts.data?.find((one) => one.id === row.provider_account_id)} />
          )}
          {standing && <Registration standing={standing} />}
        </RowForm>
      )}
    </ListPage>
  );
}

/** Points the number's texts here, at the provider. */
function Connect({ id }: { id: number }) {
  const [checks, setChecks] = useState<Check[] | null>(null);
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const connect = async () => {
    setBusy(true);
    try {
      const answer = await connectNumber(id);
      setChecks(answer.checks);
      await queries.invalidateQueries({ queryKey: ["upkeep"] });
      await queries.invalidateQueries({ queryKey: ["trouble"] });
    } catch (error) {
      sayFailed(accountWords.connectFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className={css.connect}>
      <div>
        <p>{accountWords.connectHint}</p>
        <Button variant="default" loading={busy} onClick={() => void connect()}>
          {accountWords.connect}
        </Button>
      </div>
      {checks && <CheckList checks={checks} />}
    </section>
  );
}
