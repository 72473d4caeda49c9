/** Connecting a provider, step by step; what differs between providers is data (GET /providers). */
import { Button } from "@mantine/core";
import { Link, useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { sentenceOf } from "../../../api/client";
import type { Provider, ProviderAccount, SmsNumber } from "../../../api/settings-types";
import type { Check } from "../../../api/types";
import { PageHead } from "../../../blocks/Rows";
import { Notice, Tag } from "../../../blocks/Small";
import { StepHead, Steps } from "../../../blocks/Steps";
import { wizardWords as words } from "../../../words/wizard";
import css from "../../settings.module.css";
import own from "../accounts.module.css";
import { TestText } from "../TestText";
import { BehavioursStep } from "./BehavioursStep";
import { CallbacksStep } from "./CallbacksStep";
import { CredentialsStep } from "./CredentialsStep";
import {
  EMPTY_DRAFT,
  lacks,
  nothingTyped,
  resumeAt,
  resumed,
  STEPS,
  type Step,
  type WizardDraft,
} from "./draft";
import { NumbersStep } from "./NumbersStep";
import { ProviderStep } from "./ProviderStep";
import { SideChecks } from "./SideChecks";
import { SummaryStep } from "./SummaryStep";
import { useDraftChecks, useSavedChecks } from "./useDraftChecks";
import { useSaving } from "./useSaving";
import { WorkstreamStep } from "./WorkstreamStep";

const AFTER: Record<Step, Step | null> = Object.fromEntries(
  STEPS.map((step, place) => [step, STEPS[place + 1] ?? null]),
) as Record<Step, Step | null>;
const CHECKED: ReadonlySet<Step> = new Set(["callbacks", "summary", "test"]);

interface Props {
  /** Null until it is saved; then the address names it, so that the set-up can be left and taken up again. */
  account: ProviderAccount | null;
  providers: readonly Provider[];
  numbers: readonly SmsNumber[];
}

export function Wizard({ account, providers, numbers }: Props) {
  const [draft, setDraft] = useState<WizardDraft>(() => (account ? resumed(account, numbers) : EMPTY_DRAFT));
  const [step, setStep] = useState<Step>(() => (account ? resumeAt(draft) : "provider"));
  const [reached, setReached] = useState<Step>(step);
  const provider = providers.find((one) => one.name === draft.provider);
  const unsaved = step === "credentials" && !(account && nothingTyped(draft));
  const typed = useDraftChecks(draft, provider, unsaved);
  const saved = useSavedChecks(account, CHECKED.has(step) || (step === "credentials" && !unsaved));
  const change = (part: Partial<WizardDraft>) => setDraft((held) => ({ ...held, ...part }));
  const saving = useSaving({ draft, account, onSaved: (chosen) => change({ chosen }) });
  const navigate = useNavigate();
  const go = (to: Step) => {
    setStep(to);
    if (STEPS.indexOf(to) > STEPS.indexOf(reached)) setReached(to);
  };
  const next = async (event: FormEvent) => {
    event.preventDefault();
    const to = AFTER[step];
    if (to === null) await navigate({ to: "/settings/$page", params: { page: "setup" } });
    else if (await saving.leave(step)) go(to);
  };
  const found = saved.data ? [saved.data, ...saved.data.numbers].flatMap((one) => one.checks) : null;
  const sided = CHECKED.has(step) || step === "credentials";
  const before = STEPS[STEPS.indexOf(step) - 1];
  return (
    <>
      <PageHead
        title={provider ? words.title(provider.label) : words.anyProvider}
        about={words.step(STEPS.indexOf(step) + 1, STEPS.length)}
      >
        {account && (
          <Button component={Link} to={`/settings/provider-accounts/${account.id}`} variant="default">
            {words.later}
          </Button>
        )}
      </PageHead>
      <Steps label={words.stepNav} names={words.names} steps={STEPS} at={step} reached={reached} onGo={go} />
      <div className={own.wizard} data-side={sided}>
        <div className={own.stepBody}>
          <StepHead step={step} title={words.names[step]} about={words.about[step]} />
          <form id="step" className={css.form} onSubmit={(event) => void next(event)}>
            {step === "provider" && (
              <ProviderStep draft={draft} providers={providers} fixed={account !== null} onDraft={setDraft} />
            )}
            {step === "credentials" && provider && (
              <CredentialsStep
                provider={provider}
                account={account}
                draft={draft}
                problems={saving.problems}
                onChange={change}
              />
            )}
            {step === "numbers" && account && provider && (
              <NumbersStep
                account={account}
                provider={provider}
                chosen={draft.chosen}
                onChosen={(chosen) => change({ chosen })}
              />
            )}
            {step === "workstream" && (
              <WorkstreamStep
                chosen={draft.chosen}
                value={draft.workstreamId}
                onChange={(workstreamId) => change({ workstreamId })}
              />
            )}
          </form>
          {step === "behaviours" && provider && <BehavioursStep provider={provider} chosen={draft.chosen} />}
          {step === "callbacks" && account && provider && (
            <CallbacksStep account={account} provider={provider} chosen={draft.chosen} />
          )}
          {step === "summary" && account && provider && (
            <SummaryStep
              account={account}
              provider={provider}
              chosen={draft.chosen}
              checks={<ChecksTag found={found} />}
              onGo={go}
            />
          )}
          {step === "test" && account && <TestText accountId={account.id} />}
          {saving.error !== null && (
            <Notice tone="bad" icon="warn">
              {sentenceOf(saving.error)}
            </Notice>
          )}
          <footer className={css.formFoot}>
            {before && (
              <Button variant="default" onClick={() => go(before)}>
                {words.back}
              </Button>
            )}
            <Button
              className={css.push}
              type="submit"
              form="step"
              loading={saving.busy}
              disabled={lacks(step, draft, provider, account !== null)}
            >
              {step === "test" ? words.finish : words.next}
            </Button>
          </footer>
        </div>
        {sided && (
          <SideChecks
            provider={provider}
            upkeep={unsaved ? undefined : saved.data}
            checks={unsaved ? typed.checks : undefined}
            busy={unsaved ? typed.busy : saved.isFetching}
            error={unsaved ? typed.error : saved.error}
            onAgain={unsaved ? undefined : () => void saved.refetch()}
          />
        )}
      </div>
    </>
  );
}

function ChecksTag({ found }: { found: readonly Check[] | null }) {
  if (found === null) return <Tag icon="clock">…</Tag>;
  const failing = found.filter((one) => one.ok === false).length;
  return failing === 0 ? (
    <Tag tone="good" icon="check">
      {found.some((one) => one.ok === null) ? words.checksSeen : words.checksFine}
    </Tag>
  ) : (
    <Tag tone="bad" icon="warn">
      {words.checksBad(failing)}
    </Tag>
  );
}
