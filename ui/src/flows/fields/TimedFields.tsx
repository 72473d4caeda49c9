/** When a timed flow begins, and for whom: at a time, again and again, or on a day that stands with the contact. */
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import "@mantine/core/styles/Checkbox.css";
import { useQuery } from "@tanstack/react-query";
import { listReadyAudiences } from "../../api/flow-calls";
import type { OnDate, Scheduled } from "../../api/schema.gen";
import { timedWords as words } from "../../words/timed-flows";
import css from "../flows.module.css";
import { type Repeats, readRepeats, WEEKDAYS, writeRepeats } from "../recurrence";
import { Expression } from "./Expression";

interface Props<T> {
  trigger: T;
  problem: (field: string) => string | undefined;
  onChange: (part: Partial<T>, about: string) => void;
}

const ZONES = Intl.supportedValuesOf("timeZone");
const ONCE = "";
const BY_RULE = "rule";

export function ScheduledFields({ trigger, problem, onChange }: Props<Scheduled>) {
  return (
    <>
      <TextInput
        type="datetime-local"
        label={words.begins}
        value={trigger.begins}
        error={problem("trigger.begins")}
        onChange={(event) => onChange({ begins: event.currentTarget.value.slice(0, 16) }, "trigger.begins")}
      />
      <Zone
        zone={trigger.zone}
        error={problem("trigger.zone")}
        onChange={(zone) => onChange({ zone }, "zone")}
      />
      <Repeating trigger={trigger} problem={problem} onChange={onChange} />
      <ForWhom trigger={trigger} problem={problem} onChange={onChange} />
      <When trigger={trigger} problem={problem} onChange={(when) => onChange({ when }, "trigger.when")} />
    </>
  );
}

export function OnDateFields({ trigger, problem, onChange }: Props<OnDate>) {
  const days = trigger.days ?? 0;
  return (
    <>
      <TextInput
        label={words.attribute}
        description={words.attributeHint}
        maxLength={100}
        value={trigger.attribute}
        error={problem("trigger.attribute")}
        onChange={(event) => onChange({ attribute: event.currentTarget.value }, "trigger.attribute")}
      />
      <TextInput
        type="number"
        label={words.days}
        description={words.daysHint}
        value={days}
        onChange={(event) =>
          onChange({ days: Math.trunc(Number(event.currentTarget.value)) || 0 }, "trigger.days")
        }
      />
      <TextInput
        type="time"
        label={words.timeOfDay}
        value={trigger.time_of_day}
        onChange={(event) => onChange({ time_of_day: event.currentTarget.value }, "trigger.time_of_day")}
      />
      <Zone
        zone={trigger.zone}
        error={problem("trigger.zone")}
        onChange={(zone) => onChange({ zone }, "zone")}
      />
      <Checkbox
        label={words.yearly}
        checked={trigger.yearly ?? false}
        onChange={(event) => onChange({ yearly: event.currentTarget.checked }, "trigger.yearly")}
      />
      <TextInput
        label={words.onlyTag}
        maxLength={60}
        value={trigger.tag ?? ""}
        onChange={(event) => onChange({ tag: event.currentTarget.value }, "trigger.tag")}
      />
      <When trigger={trigger} problem={problem} onChange={(when) => onChange({ when }, "trigger.when")} />
    </>
  );
}

function ForWhom({ trigger, problem, onChange }: Props<Scheduled>) {
  const audiences = useQuery({ queryKey: ["flows", "audiences"], queryFn: listReadyAudiences });
  const choose = (value: string) =>
    onChange(value ? { audience_id: Number(value), tag: "" } : { audience_id: null }, "trigger.audience_id");
  return (
    <>
      <NativeSelect
        label={words.whom}
        data={[
          { value: "", label: words.byTag },
          ...(audiences.data ?? []).map((one) => ({
            value: String(one.id),
            label: words.audience(one.name),
          })),
        ]}
        value={String(trigger.audience_id ?? "")}
        error={problem("trigger.audience_id")}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {!trigger.audience_id && (
        <TextInput
          label={words.tag}
          description={words.tagHint}
          maxLength={60}
          value={trigger.tag ?? ""}
          error={problem("trigger.tag")}
          onChange={(event) => onChange({ tag: event.currentTarget.value }, "trigger.tag")}
        />
      )}
    </>
  );
}

function Repeating({ trigger, problem, onChange }: Props<Scheduled>) {
  const rule = trigger.repeats ?? ONCE;
  const read = rule ? readRepeats(rule) : null;
  const set = (repeats: string | null) => onChange({ repeats }, "trigger.repeats");
  const change = (part: Partial<Repeats>) => read && set(writeRepeats({ ...read, ...part }));
  const choose = (value: string) => {
    if (value === ONCE) set(null);
    else if (value === BY_RULE) set("FREQ=MONTHLY;BYDAY=1MO");
    else set(writeRepeats({ every: value as Repeats["every"], interval: 1, weekdays: [], until: "" }));
  };
  return (
    <>
      <NativeSelect
        label={words.repeats}
        data={Object.entries(words.frequencies).map(([value, label]) => ({ value, label }))}
        value={read ? read.every : rule ? BY_RULE : ONCE}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      {read?.every === "WEEKLY" && (
        <Checkbox.Group
          label={words.weekdays}
          value={[...read.weekdays]}
          onChange={(days) => change({ weekdays: WEEKDAYS.filter((day) => days.includes(day)) })}
        >
          <div className={css.days}>
            {WEEKDAYS.map((day) => (
              <Checkbox key={day} value={day} label={words.weekdayNames[day]} />
            ))}
          </div>
        </Checkbox.Group>
      )}
      {read && (
        <>
          <TextInput
            type="number"
            min={1}
            max={999}
            label={words.interval[read.every]}
            value={read.interval}
            error={problem("trigger.repeats")}
            onChange={(event) =>
              change({ interval: Math.max(1, Math.trunc(Number(event.currentTarget.value)) || 1) })
            }
          />
          <TextInput
            type="date"
            label={words.until}
            value={read.until}
            onChange={(event) => change({ until: event.currentTarget.value })}
          />
        </>
      )}
      {rule && !read && (
        <TextInput
          label={words.rule}
          description={words.ruleHint}
          maxLength={200}
          value={rule}
          error={problem("trigger.repeats")}
          onChange={(event) => set(event.currentTarget.value || "FREQ=DAILY")}
        />
      )}
    </>
  );
}

interface ZoneProps {
  zone: string;
  error?: string | undefined;
  onChange: (zone: string) => void;
}

function Zone({ zone, error, onChange }: ZoneProps) {
  const all = ZONES.includes(zone) ? ZONES : [zone, ...ZONES];
  return (
    <NativeSelect
      label={words.zone}
      data={all.map((one) => ({ value: one, label: one.replaceAll("_", " ") }))}
      value={zone}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

interface WhenProps {
  trigger: { when?: string | null };
  problem: (field: string) => string | undefined;
  onChange: (when: string | null) => void;
}

function When({ trigger, problem, onChange }: WhenProps) {
  return (
    <Expression
      label={words.onlyWhen}
      hint={words.onlyWhenHint}
      value={trigger.when ?? ""}
      error={problem("trigger.when")}
      onChange={(when) => onChange(when || null)}
    />
  );
}
