/** The way to a campaign: whom, what, from where and how fast, what that comes to, and when. */
import { Button } from "@mantine/core";
import { type FormEvent, useRef, useState } from "react";
import type { Campaign } from "../../../api/schema.gen";
import { LeaveAsk } from "../../../blocks/LeaveAsk";
import { PageHead } from "../../../blocks/Rows";
import { FailedNotice } from "../../../blocks/Small";
import { StepHead, Steps } from "../../../blocks/Steps";
import steps from "../../../blocks/steps.module.css";
import { useKnown } from "../../../flows/useKnown";
import { wizardWords as words } from "../../../words/campaign-wizard";
import { campaignWords } from "../../../words/campaigns";
import { PAGE } from "../CampaignsPage";
import { AudienceStep } from "./AudienceStep";
import { type Draft, draftOf, lacks, STEPS, type Step, stepOf } from "./draft";
import { PreviewStep } from "./PreviewStep";
import { RemoveDraft } from "./RemoveDraft";
import { SendingStep } from "./SendingStep";
import { StartStep } from "./StartStep";
import { TextsStep } from "./TextsStep";
import { useSaving } from "./useSaving";

export interface StepProps {
  draft: Draft;
  problems: Readonly<Record<string, string>>;
  onChange: (part: Partial<Draft>) => void;
}

interface Props {
  /** Null: a new one. */
  campaign: Campaign | null;
  /** Whom a new one is for, where that is known already. */
  audienceId: number | null;
}

export function CampaignWizard({ campaign, audienceId }: Props) {
  const known = useKnown();
  const [draft, setDraft] = useState(() => draftOf(campaign, audienceId));
  const [step, setStep] = useState<Step>(campaign ? "preview" : "audience");
  const [reached, setReached] = useState<Step>(step);
  const saving = useSaving(campaign);
  const unsaved = useRef(false);
  const change = (part: Partial<Draft>) => {
    unsaved.current = true;
    setDraft((held) => ({ ...held, ...part }));
  };
  const place = STEPS.indexOf(step);
  const [before, after] = [STEPS[place - 1], STEPS[place + 1]];
  const go = (to: Step) => {
    setStep(to);
    if (STEPS.indexOf(to) > STEPS.indexOf(reached)) setReached(to);
  };
  const next = async (event: FormEvent) => {
    event.preventDefault();
    if (!after) return;
    if (after !== "preview") return go(after);
    unsaved.current = false; // a new one gets its address while it is saved
    const wrong = await saving.save(draft);
    if (wrong === null) return go(after);
    unsaved.current = true;
    setStep(stepOf(wrong, step));
  };
  const given = { draft, problems: saving.problems, onChange: change };
  return (
    <>
      <LeaveAsk when={unsaved} />
      <PageHead
        title={draft.name || words.title}
        about={words.step(place + 1, STEPS.length)}
        back={{ to: `/outreach/${PAGE}`, label: campaignWords.title }}
      >
        {saving.saved && <RemoveDraft campaign={saving.saved} />}
      </PageHead>
      <Steps label={words.stepNav} names={words.names} steps={STEPS} at={step} reached={reached} onGo={go} />
      <form className={steps.body} onSubmit={(event) => void next(event)}>
        <StepHead step={step} title={words.names[step]} about={words.about[step]} />
        {step === "audience" && <AudienceStep {...given} />}
        {step === "texts" && <TextsStep {...given} templates={known.templates} />}
        {step === "sending" && <SendingStep {...given} numbers={known.numbers} />}
        {step === "preview" && saving.saved && <PreviewStep campaign={saving.saved} />}
        {step === "start" && saving.saved && <StartStep campaign={saving.saved} />}
        <FailedNotice what={words.saveFailed} error={saving.error} />
        <footer className={steps.foot}>
          {before && (
            <Button variant="default" onClick={() => go(before)}>
              {words.back}
            </Button>
          )}
          {after && (
            <Button className={steps.push} type="submit" loading={saving.busy} disabled={lacks(step, draft)}>
              {words.next}
            </Button>
          )}
        </footer>
      </form>
    </>
  );
}
