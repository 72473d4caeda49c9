/** The workstream of the new numbers: one that is there, or a new one with its queue and members. */
import { Button, Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { type KeyboardEvent, useState } from "react";
import { createRow } from "../../../api/settings-calls";
import type { Queue, SmsNumber, User, Workstream } from "../../../api/settings-types";
import { LoadingFace } from "../../../blocks/Faces";
import { Notice } from "../../../blocks/Small";
import { sayFailed } from "../../../blocks/toasts";
import { useLive } from "../../../live/useLive";
import { phoneOf } from "../../../words/common";
import { accountWords, settings } from "../../../words/settings";
import { wizardWords as words } from "../../../words/wizard";
import css from "../../settings.module.css";
import { useRows } from "../../useRows";
import own from "../accounts.module.css";
import { type Chosen, isNew } from "./draft";

const NEW = "new";

interface Props {
  chosen: readonly Chosen[];
  value: string;
  onChange: (workstreamId: string) => void;
}

export function WorkstreamStep({ chosen, value, onChange }: Props) {
  const workstreams = useRows<Workstream>("workstreams");
  const queues = useRows<Queue>("queues");
  const [making, setMaking] = useState(false);
  const fresh = chosen.filter(isNew);
  if (!workstreams.data || !queues.data) return <LoadingFace lines={2} />;
  const none = workstreams.data.length === 0;
  const picked = workstreams.data.find((one) => String(one.id) === value);
  const queue = queues.data.find((one) => one.id === picked?.queue_id);
  const make = making || (none && value === "");
  return (
    <>
      {fresh.length > 0 && <p>{fresh.map((one) => phoneOf(one.offered.address)).join(", ")}</p>}
      {fresh.length > 0 && (
        <NativeSelect
          label={words.workstream}
          required
          value={make ? NEW : value}
          data={[
            ...(none ? [] : [{ value: "", label: words.choose }]),
            ...workstreams.data.map((row) => ({ value: String(row.id), label: row.name })),
            { value: NEW, label: words.makeNew },
          ]}
          onChange={(event) => {
            const chosenValue = event.currentTarget.value;
            setMaking(chosenValue === NEW);
            onChange(chosenValue === NEW ? "" : chosenValue);
          }}
        />
      )}
      {fresh.length > 0 && make && (
        <Make
          queues={queues.data}
          onMade={(id) => {
            setMaking(false);
            onChange(String(id));
          }}
        />
      )}
      {queue && !make && (
        <p className={own.quiet}>
          {words.queue}: {queue.name}
        </p>
      )}
      {queue && !make && queue.members.length === 0 && (
        <Notice tone="warn" icon="warn">
          {words.noMembers}
        </Notice>
      )}
      <Kept chosen={chosen} workstreams={workstreams.data} />
    </>
  );
}

/** Numbers that were here before keep what they have. */
function Kept({ chosen, workstreams }: { chosen: readonly Chosen[]; workstreams: readonly Workstream[] }) {
  const numbers = useRows<SmsNumber>("numbers");
  const kept = chosen.flatMap((one) => numbers.data?.find((row) => row.id === one.offered.number_id) ?? []);
  if (kept.length === 0) return null;
  const nameOf = (id: number) => workstreams.find((one) => one.id === id)?.name ?? "";
  return (
    <div>
      <p>{words.keeps}</p>
      <ul className={own.plainList}>
        {kept.map((row) => (
          <li key={row.id}>
            <b className="ab-tabular">{phoneOf(row.address)}</b> {words.goesTo(nameOf(row.workstream_id))}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Make({ queues, onMade }: { queues: readonly Queue[]; onMade: (id: number) => void }) {
  const me = useLive((live) => live.me.id);
  const users = useRows<User>("users");
  const [name, setName] = useState("Support");
  const [queueId, setQueueId] = useState(queues.length > 0 ? String(queues[0]?.id) : NEW);
  const [members, setMembers] = useState<readonly number[]>([me]);
  const [busy, setBusy] = useState(false);
  const client = useQueryClient();
  const make = async () => {
    setBusy(true);
    try {
      const queue_id =
        queueId === NEW ? (await createRow<Queue>("queues", { name, members })).id : Number(queueId);
      if (queueId === NEW) setQueueId(String(queue_id)); // a second try shall not make a second one
      const made = await createRow<Workstream>("workstreams", { name, queue_id });
      await client.invalidateQueries({ queryKey: ["settings"] });
      onMade(made.id);
    } catch (error) {
      sayFailed(settings.saveFailed, error);
    } finally {
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the form's own act is to go on
    if (name.trim() !== "") void make();
  };
  return (
    <section className={css.connect} aria-label={words.makeNew}>
      <TextInput
        label={words.newName}
        value={name}
        onKeyDown={onKeyDown}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={words.queue}
        value={queueId}
        data={[
          ...queues.map((row) => ({ value: String(row.id), label: row.name })),
          { value: NEW, label: words.newQueue },
        ]}
        onChange={(event) => setQueueId(event.currentTarget.value)}
      />
      {queueId === NEW && (
        <Checkbox.Group
          label={words.members}
          description={words.membersHint}
          value={members.map(String)}
          onChange={(ids) => setMembers(ids.map(Number))}
        >
          <span className={css.checks}>
            {(users.data ?? [])
              .filter((user) => user.active)
              .map((user) => (
                <Checkbox key={user.id} value={String(user.id)} label={user.name} />
              ))}
          </span>
        </Checkbox.Group>
      )}
      <span>
        <Button variant="default" loading={busy} disabled={name.trim() === ""} onClick={() => void make()}>
          {accountWords.makeFirst}
        </Button>
      </span>
    </section>
  );
}
