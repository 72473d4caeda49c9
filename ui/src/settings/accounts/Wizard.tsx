/** Connecting a provider in five steps: provider, credentials, number, callbacks, test text. */
import { Button } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, type ReactNode, useState } from "react";
import { sentenceOf } from "../../api/client";
import type { ProviderAccount } from "../../api/settings-types";
import { Icon } from "../../blocks/Icon";
import { Notice } from "../../blocks/Small";
import { settings, accountWords as words } from "../../words/settings";
import { CheckList } from "../CheckList";
import { Connect } from "../NumbersPage";
import css from "../settings.module.css";
import { CallbackLines } from "./AccountPage";
import own from "./accounts.module.css";
import { CredentialsStep } from "./CredentialsStep";
import { NumberStep } from "./NumberStep";
import { ProviderStep } from "./ProviderStep";
import { TestText } from "./TestText";
import { EMPTY_DRAFT, useDraftChecks, useSaving, type WizardDraft } from "./wizardState";

export function Wizard() {
  const [step, setStep] = useState(0);
  const [draft, setDraft] = useState<WizardDraft>(EMPTY_DRAFT);
  const [account, setAccount] = useState<ProviderAccount | null>(null);
  const [numberId, setNumberId] = useState<number | null>(null);
  const checks = useDraftChecks(draft, step === 1);
  const saving = useSaving({ draft, account, setAccount, numberId, setNumberId });
  const navigate = useNavigate();
  const change = (part: Partial<WizardDraft>) => setDraft((held) => ({ ...held, ...part }));
  const next = async (event: FormEvent) => {
    event.preventDefault();
    if (step === words.steps.length - 1) {
      await navigate({ to: "/settings/$page", params: { page: "setup" } });
    } else if (await saving.leave(step)) setStep(step + 1);
  };
  const last = step === words.steps.length - 1;
  // The last two steps hold forms or buttons of their own; only the first three are one form.
  return (
    <>
      <header className={css.head}>
        <div>
          <h2>{settings.add["provider-accounts"]}</h2>
          <p>{words.step(step + 1, words.steps.length)}</p>
        </div>
      </header>
      <Steps at={step} />
      <div className={own.wizard}>
        <div className={own.stepBody}>
          <form id="step" className={css.form} onSubmit={(event) => void next(event)}>
            {step === 0 && <ProviderStep draft={draft} onChange={change} />}
            {step === 1 && <CredentialsStep draft={draft} problems={saving.problems} onChange={change} />}
            {step === 2 && account && <NumberStep account={account} draft={draft} onChange={change} />}
          </form>
          {step === 3 && account && numberId !== null && (
            <CallbackStep account={account} numberId={numberId} />
          )}
          {last && account && <TestText accountId={account.id} numberId={numberId} />}
          {saving.error !== null && (
            <Notice tone="bad" icon="warn">
              {sentenceOf(saving.error)}
            </Notice>
          )}
          <footer className={css.formFoot}>
            {step > 0 && (
              <Button variant="default" onClick={() => setStep(step - 1)}>
                {words.back}
              </Button>
            )}
            <Button
              className={css.push}
              type="submit"
              form="step"
              loading={saving.busy}
              disabled={saving.lacks(step)}
            >
              {last ? words.finish : words.next}
            </Button>
          </footer>
        </div>
        {step === 1 && (
          <aside className={own.side} aria-label={words.checks}>
            <h3>{words.checks}</h3>
            {checks.checks ? (
              <CheckList checks={checks.checks} />
            ) : (
              <p className={own.quiet}>{checks.busy ? `${words.checking}…` : words.checksIdle}</p>
            )}
            {checks.error !== null && (
              <Notice tone="bad" icon="warn">
                {words.checkFailed}. {sentenceOf(checks.error)}
              </Notice>
            )}
          </aside>
        )}
      </div>
    </>
  );
}

function Steps({ at }: { at: number }) {
  return (
    <ol className={own.steps}>
      {words.steps.map((name, place) => (
        <li key={name} data-done={place < at} aria-current={place === at ? "step" : undefined}>
          <span>{place < at ? <Icon name="check" size={12} /> : place + 1}</span> {name}
        </li>
      ))}
    </ol>
  );
}

function CallbackStep({ account, numberId }: { account: ProviderAccount; numberId: number }): ReactNode {
  return (
    <>
      <Connect id={numberId} />
      <p className={own.quiet}>{words.byHand}</p>
      <CallbackLines account={account} />
    </>
  );
}
