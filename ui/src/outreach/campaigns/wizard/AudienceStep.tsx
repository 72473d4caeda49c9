/** Whom: the campaign's name, and one of the audiences that are ready. */
import { NativeSelect, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Audience } from "../../../api/schema.gen";
import { FailedNotice } from "../../../blocks/Small";
import { useRows } from "../../../settings/useRows";
import { audienceWords } from "../../../words/audiences";
import { wizardWords as words } from "../../../words/campaign-wizard";
import { inOrder } from "../../order";
import css from "../../outreach.module.css";
import type { StepProps } from "./CampaignWizard";

export function AudienceStep({ draft, problems, onChange }: StepProps) {
  const audiences = useRows<Audience>("audiences");
  const ready = inOrder(audiences.data)?.filter((one) => one.state === "ready" && !one.archived) ?? [];
  const chosen = ready.find((one) => one.id === draft.audience_id);
  return (
    <>
      <TextInput
        label={words.name}
        placeholder={words.namePlaceholder}
        required
        maxLength={200}
        value={draft.name}
        error={problems.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={words.audience}
        required
        data={[{ value: "", label: "" }, ...ready.map((one) => ({ value: String(one.id), label: one.name }))]}
        value={String(draft.audience_id ?? "")}
        error={problems.audience_id}
        description={
          chosen && (chosen.kind === "list" ? words.audienceHint(chosen.members) : words.filterHint)
        }
        onChange={(event) => onChange({ audience_id: Number(event.currentTarget.value) || null })}
      />
      <FailedNotice what={audienceWords.readFailed} error={audiences.error} />
      {audiences.data && ready.length === 0 && (
        <p className={css.hint}>
          {words.noAudience}{" "}
          <Link to="/outreach/$page/$rowId" params={{ page: "audiences", rowId: "new" }} target="_blank">
            {words.makeAudience}
          </Link>
        </p>
      )}
    </>
  );
}
