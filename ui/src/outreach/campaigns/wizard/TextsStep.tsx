/** What: one template, or several with the share of the audience each gets. */
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { MessageTemplate } from "../../../api/schema.gen";
import { Icon } from "../../../blocks/Icon";
import { Notice } from "../../../blocks/Small";
import { wizardWords as words } from "../../../words/campaign-wizard";
import { templateWords } from "../../../words/outreach";
import css from "../../outreach.module.css";
import { AsRead } from "./AsRead";
import type { StepProps } from "./CampaignWizard";
import { sharesSum, type Variant, withVariants } from "./draft";

const MOST = 5;

interface Props extends StepProps {
  templates: readonly MessageTemplate[];
}

export function TextsStep({ draft, problems, onChange, templates }: Props) {
  const { variants } = draft;
  const chosen = variants.map((one) => one.template_id);
  const several = variants.length > 1;
  const set = (place: number, part: Partial<Variant>) =>
    onChange({ variants: variants.map((one, at) => (at === place ? { ...one, ...part } : one)) });
  const purpose = templates.find((one) => one.id === chosen[0])?.purpose;
  // Only what has the purpose of the first may stand beside it.
  const offered = (place: number) =>
    place === 0 || purpose === undefined ? templates : templates.filter((one) => one.purpose === purpose);
  return (
    <>
      {templates.length === 0 && (
        <p className={css.hint}>
          {words.noTemplate}{" "}
          <Link to="/outreach/$page/$rowId" params={{ page: "templates", rowId: "new" }} target="_blank">
            {words.makeTemplate}
          </Link>
        </p>
      )}
      {variants.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is its place; its template changes
        <div key={place} className={css.variant}>
          <NativeSelect
            label={words.template(place + 1)}
            required
            data={[
              { value: "", label: "" },
              ...offered(place).map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
            value={String(one.template_id ?? "")}
            error={
              problems[`variants[${place}].template_id`] ?? (place === 0 ? problems.variants : undefined)
            }
            onChange={(event) => set(place, { template_id: Number(event.currentTarget.value) || null })}
          />
          {several && (
            <>
              <TextInput
                label={words.share(place + 1)}
                type="number"
                min={1}
                max={99}
                value={one.share}
                onChange={(event) => set(place, { share: event.currentTarget.value })}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={words.removeText(place + 1)}
                onClick={() => onChange({ variants: withVariants(chosen.filter((_, at) => at !== place)) })}
              >
                <Icon name="close" />
              </ActionIcon>
            </>
          )}
        </div>
      ))}
      {sharesSum(draft) !== 100 && (
        <Notice tone="warn" icon="warn">
          {words.shareSum(sharesSum(draft))}
        </Notice>
      )}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          disabled={variants.length >= MOST}
          onClick={() => onChange({ variants: withVariants([...chosen, null]) })}
        >
          {words.addText}
        </Button>
      </div>
      {purpose && (
        <p className={css.hint}>
          {words.purpose}: {templateWords.purposes[purpose]}. {templateWords.purposeHints[purpose]}{" "}
          {several && words.mixed}
        </p>
      )}
      <AsRead audienceId={draft.audience_id} templates={templates.filter(({ id }) => chosen.includes(id))} />
    </>
  );
}
