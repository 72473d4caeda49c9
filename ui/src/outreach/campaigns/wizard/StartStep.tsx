/** A test to one's own phone, then the start. */
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { moveCampaign, testCampaign } from "../../../api/campaign-calls";
import type { Campaign, CampaignPreview } from "../../../api/schema.gen";
import { Ask } from "../../../blocks/Ask";
import { FailedNotice, Notice } from "../../../blocks/Small";
import { say } from "../../../blocks/toasts";
import { momentOf } from "../../../time/format";
import { wizardWords as words } from "../../../words/campaign-wizard";
import css from "../../outreach.module.css";
import { PAGE } from "../CampaignsPage";
import { priceOf } from "./price";
import { useCounted } from "./usePreview";

/** What starting comes to, in sentences; null: it is still counted. */
function comesTo(preview: CampaignPreview | undefined, failed: boolean): string | null {
  if (failed || preview?.state === "failed") return words.notSummed;
  const found = preview?.current && preview.state === "done" ? preview.result : null;
  if (!found) return null;
  if (found.texts === 0) return words.comesToNothing;
  const texted = words.comesTo(found.texts, found.parts, priceOf(found));
  return found.refused > 0 ? `${texted} ${words.areRefused(found.refused)}` : texted;
}

export function StartStep({ campaign }: { campaign: Campaign }) {
  const { id, name, send_at } = campaign;
  const [asking, setAsking] = useState(false);
  const queries = useQueryClient();
  const counted = useCounted(campaign, true);
  const sum = comesTo(counted.data, counted.isError);
  const act = send_at ? words.schedule : words.startNow;
  const start = async () => {
    await moveCampaign(id, "start");
    say(send_at ? words.scheduled : words.started);
    await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
  };
  return (
    <>
      <TestSend campaign={campaign} />
      <p>
        <b>{words.begins}</b> {send_at ? momentOf(send_at) : words.atOnce}
      </p>
      <p aria-live="polite">{sum ?? words.summing}</p>
      <div>
        <Button disabled={sum === null} onClick={() => setAsking(true)}>
          {act}
        </Button>
      </div>
      {asking && (
        <Ask
          title={words.startAsk(name)}
          act={act}
          failed={words.startFailed}
          grave={false}
          onYes={start}
          onClose={() => setAsking(false)}
        >
          {sum} {send_at ? words.laterHint(momentOf(send_at)) : words.startHint}
        </Ask>
      )}
    </>
  );
}

function TestSend({ campaign }: { campaign: Campaign }) {
  const { id, variants } = campaign;
  const [to, setTo] = useState("");
  const [variant, setVariant] = useState(0);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const test = async () => {
    setBusy(true);
    setSent(false);
    setError(null);
    try {
      const done = await testCampaign(id, to.trim(), variant);
      if (done.result === "refused") setError(new Error(done.sentence));
      else setSent(true);
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <div className={css.pair}>
        <TextInput
          type="tel"
          label={words.testTo}
          description={words.testHint}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault(); // the form around it leads on
            if (to.trim() && !busy) void test();
          }}
        />
        {variants.length > 1 && (
          <NativeSelect
            label={words.testText}
            data={variants.map((one, place) => ({ value: String(place), label: one.name ?? "" }))}
            value={String(variant)}
            onChange={(event) => setVariant(Number(event.currentTarget.value))}
          />
        )}
        <Button variant="default" loading={busy} disabled={!to.trim()} onClick={() => void test()}>
          {words.testSend}
        </Button>
      </div>
      <div aria-live="polite">
        {sent && (
          <Notice tone="good" icon="check">
            {words.testSent}
          </Notice>
        )}
      </div>
      <FailedNotice what={words.testFailed} error={error} />
    </>
  );
}
