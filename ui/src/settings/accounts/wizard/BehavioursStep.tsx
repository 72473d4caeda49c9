/** What happens by itself on the numbers: how carriers take their texts, and whether pictures go both ways. */
import { Switch } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { changeRow, numberStandings } from "../../../api/settings-calls";
import type { Provider, SmsNumber, Standing } from "../../../api/settings-types";
import { LoadingFace } from "../../../blocks/Faces";
import { Notice } from "../../../blocks/Small";
import { sayFailed } from "../../../blocks/toasts";
import { phoneOf } from "../../../words/common";
import { settings } from "../../../words/settings";
import { wizardWords as words } from "../../../words/wizard";
import { BehavioursFields } from "../../behaviours/BehavioursFields";
import { Registration } from "../../numbers/Registration";
import { StandingTag } from "../../numbers/StandingTag";
import { useRows } from "../../useRows";
import own from "../accounts.module.css";
import type { Chosen } from "./draft";

export function BehavioursStep({ provider, chosen }: { provider: Provider; chosen: readonly Chosen[] }) {
  const numbers = useRows<SmsNumber>("numbers");
  const standings = useQuery({ queryKey: ["settings", "numbers", "standings"], queryFn: numberStandings });
  if (!numbers.data || !standings.data) return <LoadingFace lines={3} />;
  return chosen.map((one) => {
    const number = numbers.data.find((row) => row.id === one.offered.number_id);
    if (!number) return null;
    return (
      <section key={number.id} className={own.behaviour} aria-label={phoneOf(number.address)}>
        <h3 className="ab-tabular">{phoneOf(number.address)}</h3>
        <Carriers standing={standings.data.find((row) => row.number_id === number.id)} />
        <BehavioursFields number={number} />
        <Pictures provider={provider} number={number} offered={one.offered.capabilities.includes("mms")} />
      </section>
    );
  });
}

function Carriers({ standing }: { standing: Standing | undefined }) {
  return (
    <div>
      <p>
        {words.standing}: <StandingTag standing={standing} />
      </p>
      {standing?.refusal && (
        <Notice tone="warn" icon="warn">
          {standing.refusal}
        </Notice>
      )}
      {standing && standing.kind !== null && (
        <details className={own.more}>
          <summary>{words.register}</summary>
          <Registration standing={standing} />
        </details>
      )}
    </div>
  );
}

interface PicturesProps {
  provider: Provider;
  number: SmsNumber;
  /** Whether the number carries pictures at the provider. */
  offered: boolean;
}

function Pictures({ provider, number, offered }: PicturesProps) {
  const queries = useQueryClient();
  if (!provider.media) return <p>{words.mediaNone(provider.label)}</p>;
  if (!offered && !number.capabilities.includes("mms")) return <p>{words.mediaNumber}</p>;
  const turn = async (on: boolean) => {
    const others = number.capabilities.filter((one) => one !== "mms");
    try {
      await changeRow("numbers", number.id, { capabilities: on ? [...others, "mms"] : others });
      await queries.invalidateQueries({ queryKey: ["settings"] });
    } catch (error) {
      sayFailed(settings.saveFailed, error);
    }
  };
  return (
    <Switch
      label={words.mediaOn}
      checked={number.capabilities.includes("mms")}
      onChange={(event) => void turn(event.currentTarget.checked)}
    />
  );
}
