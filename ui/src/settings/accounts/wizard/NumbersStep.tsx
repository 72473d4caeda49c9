/** The numbers that shall text here, several at once: from the provider's list where it has one, typed where not. */
import { Button, Checkbox, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { sentenceOf } from "../../../api/client";
import { assessNumber, availableNumbers } from "../../../api/settings-calls";
import type { OfferedNumber, Provider, ProviderAccount } from "../../../api/settings-types";
import { ErrorFace, LoadingFace } from "../../../blocks/Faces";
import { Notice, Tag } from "../../../blocks/Small";
import { phoneOf } from "../../../words/common";
import { accountWords } from "../../../words/settings";
import { numberWords } from "../../../words/settings-nouns";
import { countriesOf, wizardWords as words } from "../../../words/wizard";
import own from "../accounts.module.css";
import type { Chosen } from "./draft";

interface Props {
  account: ProviderAccount;
  provider: Provider;
  chosen: readonly Chosen[];
  onChosen: (chosen: readonly Chosen[]) => void;
}

export function NumbersStep({ account, provider, chosen, onChosen }: Props) {
  const lists = provider.listed_types.length > 0;
  const offer = useQuery({
    queryKey: ["available", account.id],
    queryFn: () => availableNumbers(account.id),
    enabled: lists,
    retry: false,
  });
  const [typed, setTyped] = useState<readonly OfferedNumber[]>([]);
  const listed = offer.data?.items ?? [];
  const others = [...chosen.map((one) => one.offered), ...typed].filter(
    (one, place, all) =>
      !listed.some((known) => known.address === one.address) &&
      all.findIndex((other) => other.address === one.address) === place,
  );
  const pick = (number: OfferedNumber, on: boolean) =>
    onChosen(
      on
        ? [...chosen, { offered: number, name: "" }]
        : chosen.filter((one) => one.offered.address !== number.address),
    );
  const add = (number: OfferedNumber) => {
    setTyped((held) => [...held.filter((one) => one.address !== number.address), number]);
    const known = chosen.some((one) => one.offered.address === number.address);
    if (number.refusal === null && !known) pick(number, true);
  };
  if (lists && offer.isPending) return <LoadingFace lines={3} label={accountWords.checking} />;
  if (offer.isError) {
    return <ErrorFace title={words.numbersFailed} error={offer.error} onRetry={() => void offer.refetch()} />;
  }
  return (
    <>
      {!lists && <p>{words.unlisted(provider.label)}</p>}
      {lists && listed.length === 0 && <p>{words.noNumbers}</p>}
      <ul className={own.numbers} aria-label={words.names.numbers}>
        {[...listed, ...others].map((one) => (
          <NumberRow
            key={one.address}
            number={one}
            gone={one.number_id !== null && (offer.data?.gone.includes(one.number_id) ?? false)}
            chosen={chosen.find((held) => held.offered.address === one.address)}
            onPick={(on) => pick(one, on)}
            onName={(name) =>
              onChosen(
                chosen.map((held) => (held.offered.address === one.address ? { ...held, name } : held)),
              )
            }
          />
        ))}
      </ul>
      <Typed
        accountId={account.id}
        hint={lists && !provider.listed_types.includes("short_code")}
        onAdd={add}
      />
      <p className={own.quiet} aria-live="polite">
        {words.chosen(chosen.length)}
      </p>
    </>
  );
}

interface RowProps {
  number: OfferedNumber;
  gone: boolean;
  chosen: Chosen | undefined;
  onPick: (on: boolean) => void;
  onName: (name: string) => void;
}

function NumberRow({ number, gone, chosen, onPick, onName }: RowProps) {
  const goes = number.points_here
    ? words.here
    : number.points_here === null
      ? ""
      : number.sms_url
        ? words.elsewhere(number.sms_url)
        : words.nowhere;
  return (
    <li className={own.number} data-refused={number.refusal !== null}>
      <Checkbox
        aria-label={phoneOf(number.address)}
        checked={chosen !== undefined}
        disabled={number.refusal !== null}
        onChange={(event) => onPick(event.currentTarget.checked)}
      />
      <div>
        <p>
          <b className="ab-tabular">{phoneOf(number.address)}</b> {numberWords.types[number.type]},{" "}
          {number.country} · {number.capabilities.join(", ").toUpperCase()}{" "}
          {number.number_id !== null && <Tag>{words.already}</Tag>}
          {gone && (
            <Tag tone="bad" icon="warn">
              {words.gone}
            </Tag>
          )}
        </p>
        {number.refusal ? (
          <Notice tone="bad" icon="block">
            {number.refusal} {number.way_out}
          </Notice>
        ) : (
          <small>
            {number.destinations.length > 0 && words.mayText(countriesOf(number.destinations))} {goes}
          </small>
        )}
        {chosen && (
          <TextInput
            label={words.numberName}
            size="xs"
            value={chosen.name}
            onChange={(event) => onName(event.currentTarget.value)}
          />
        )}
      </div>
    </li>
  );
}

interface TypedProps {
  accountId: number;
  hint: boolean;
  onAdd: (number: OfferedNumber) => void;
}

function Typed({ accountId, hint, onAdd }: TypedProps) {
  const [address, setAddress] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const look = async () => {
    setBusy(true);
    setError(null);
    try {
      onAdd(await assessNumber(accountId, address));
      setAddress("");
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the form's own act is to go on
    if (address.trim() !== "") void look();
  };
  return (
    <div className={own.make}>
      <TextInput
        label={words.typed}
        description={hint ? `${words.typedHint} ${words.someUnlisted}` : words.typedHint}
        placeholder="+1…"
        value={address}
        error={error === null ? undefined : `${words.lookFailed}. ${sentenceOf(error)}`}
        onKeyDown={onKeyDown}
        onChange={(event) => setAddress(event.currentTarget.value)}
      />
      <Button variant="default" loading={busy} disabled={address.trim() === ""} onClick={() => void look()}>
        {words.look}
      </Button>
    </div>
  );
}
