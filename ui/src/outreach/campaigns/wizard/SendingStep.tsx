/** From where and how fast, and when it shall pause by itself. */
import { Checkbox, Switch, TextInput } from "@mantine/core";
import { Tabs } from "../../../blocks/Tabs";
import { localInput } from "../../../desk/panels/snoozeTimes";
import type { Option } from "../../../flows/useKnown";
import { wizardWords as words } from "../../../words/campaign-wizard";
import css from "../../outreach.module.css";
import type { StepProps } from "./CampaignWizard";
import { type Figure, LIMITS } from "./draft";

const WHENS = { now: words.now, later: words.later } as const;

interface Props extends StepProps {
  numbers: readonly Option[];
}

export function SendingStep({ draft, problems, onChange, numbers }: Props) {
  const figure = (name: Figure, hint?: string) => (
    <TextInput
      key={name}
      label={words.figures[name]}
      description={hint}
      type="number"
      required
      min={0}
      max={100}
      step="any"
      value={draft[name]}
      error={problems[name]}
      onChange={(event) => onChange({ [name]: event.currentTarget.value })}
    />
  );
  return (
    <>
      <Checkbox.Group
        label={words.numbers}
        description={words.numbersHint}
        error={problems.number_ids}
        required
        value={draft.number_ids.map(String)}
        onChange={(picked) => onChange({ number_ids: picked.map(Number) })}
      >
        <div className={css.checks}>
          {numbers.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} />
          ))}
        </div>
      </Checkbox.Group>
      {numbers.length === 0 && <p className={css.hint}>{words.noNumber}</p>}
      <Switch
        label={words.capacity}
        description={words.capacityHint}
        checked={draft.pace_by_agents}
        onChange={(event) => onChange({ pace_by_agents: event.currentTarget.checked })}
      />
      {draft.pace_by_agents && <div className={css.figures}>{figure("reply_share", words.replyHint)}</div>}
      <When draft={draft} problems={problems} onChange={onChange} />
      <fieldset className={css.group}>
        <legend>{words.limits}</legend>
        <p className={css.hint}>{words.limitsHint}</p>
        <div className={css.figures}>{LIMITS.map((name) => figure(name))}</div>
      </fieldset>
    </>
  );
}

function When({ draft, problems, onChange }: StepProps) {
  const { send_at } = draft;
  return (
    <div className={css.group}>
      <p className={css.label}>{words.when}</p>
      <div>
        <Tabs
          label={words.when}
          all={WHENS}
          open={send_at === null ? "now" : "later"}
          onOpen={(when) => onChange({ send_at: when === "now" ? null : (send_at ?? "") })}
        />
      </div>
      {send_at !== null && (
        <TextInput
          className={css.short}
          type="datetime-local"
          label={words.at}
          description={words.atHint}
          required
          min={localInput(new Date())}
          value={send_at}
          error={problems.send_at}
          onChange={(event) => onChange({ send_at: event.currentTarget.value })}
        />
      )}
    </div>
  );
}
