/** Step 3: a number of the provider's, and the workstream its texts go to. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { availableNumbers, createRow } from "../../api/settings-calls";
import type {
  AvailableNumber,
  ProviderAccount,
  Queue,
  SmsNumber,
  Workstream,
} from "../../api/settings-types";
import { EmptyFace, ErrorFace, LoadingFace } from "../../blocks/Faces";
import { Tag } from "../../blocks/Small";
import { sayFailed } from "../../blocks/toasts";
import { useLive } from "../../live/useLive";
import { phoneOf } from "../../words/common";
import { settings, accountWords as words } from "../../words/settings";
import { numberWords } from "../../words/settings-nouns";
import { useRows } from "../useRows";
import own from "./accounts.module.css";
import type { WizardDraft } from "./wizardState";

interface Props {
  account: ProviderAccount;
  draft: WizardDraft;
  onChange: (part: Partial<WizardDraft>) => void;
}

export function NumberStep({ account, draft, onChange }: Props) {
  const numbers = useQuery({
    queryKey: ["available", account.id],
    queryFn: () => availableNumbers(account.id),
    retry: false,
  });
  const here = useRows<SmsNumber>("numbers");
  const usable = (numbers.data?.items ?? []).filter((one) => one.capabilities.includes("sms"));
  const choose = (number: AvailableNumber) => {
    const existing = here.data?.find((one) => one.address === number.address) ?? null;
    onChange({
      number,
      existing,
      numberName: existing?.name ?? draft.numberName,
      workstreamId: existing ? String(existing.workstream_id) : draft.workstreamId,
    });
  };
  if (numbers.isPending) return <LoadingFace lines={3} label={words.checking} />;
  if (numbers.isError) {
    return (
      <ErrorFace title={words.numbersFailed} error={numbers.error} onRetry={() => void numbers.refetch()} />
    );
  }
  if (usable.length === 0) return <EmptyFace icon="search" title={words.noNumbers} />;
  return (
    <>
      <fieldset className={own.numbers}>
        <legend>{words.chooseNumber}</legend>
        {usable.map((one) => (
          <label key={one.address} className={own.number}>
            <input
              type="radio"
              name="number"
              checked={draft.number?.address === one.address}
              onChange={() => choose(one)}
            />
            <span>
              <b className="ab-tabular">{phoneOf(one.address)}</b> {one.capabilities.join(", ").toUpperCase()}
              {here.data?.some((known) => known.address === one.address) && <Tag>{words.already}</Tag>}
              <small>
                {words.smsNow} {one.sms_url ?? words.nowhere}
              </small>
            </span>
          </label>
        ))}
      </fieldset>
      <TextInput
        label={numberWords.name}
        description={numberWords.nameHint}
        value={draft.numberName}
        onChange={(event) => onChange({ numberName: event.currentTarget.value })}
      />
      <WorkstreamChoice value={draft.workstreamId} onChange={(workstreamId) => onChange({ workstreamId })} />
    </>
  );
}

function WorkstreamChoice({ value, onChange }: { value: string; onChange: (id: string) => void }) {
  const rows = useRows<Workstream>("workstreams");
  const only = rows.data?.length === 1 ? rows.data[0] : undefined;
  useEffect(() => {
    if (only && value === "") onChange(String(only.id));
  }, [only, value, onChange]);
  if (rows.data?.length === 0) return <MakeFirst onMade={(id) => onChange(String(id))} />;
  return (
    <NativeSelect
      label={words.workstream}
      description={words.workstreamHint}
      required
      data={[
        { value: "", label: "" },
        ...(rows.data ?? []).map((row) => ({ value: String(row.id), label: row.name })),
      ]}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

/** A new centre has no workstream: one step makes it, with its queue and oneself as the first member. */
function MakeFirst({ onMade }: { onMade: (id: number) => void }) {
  const me = useLive((live) => live.me.id);
  const queues = useRows<Queue>("queues");
  const [name, setName] = useState("Support");
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const make = async () => {
    setBusy(true);
    try {
      const queue = queues.data?.[0] ?? (await createRow<Queue>("queues", { name, members: [me] }));
      const made = await createRow<Workstream>("workstreams", { name, queue_id: queue.id });
      await client.invalidateQueries({ queryKey: ["settings"] });
      onMade(made.id);
    } catch (error) {
      sayFailed(settings.saveFailed, error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className={own.make}>
      <TextInput
        label={words.workstream}
        description={words.firstWorkstream}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button variant="default" loading={busy} disabled={name.trim() === ""} onClick={() => void make()}>
        {words.makeFirst}
      </Button>
    </div>
  );
}
