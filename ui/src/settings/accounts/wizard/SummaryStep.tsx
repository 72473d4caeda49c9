/** What is set up, line by line, each with the way to change it. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { numberStandings } from "../../../api/settings-calls";
import type { Provider, ProviderAccount, Queue, SmsNumber, Workstream } from "../../../api/settings-types";
import { LoadingFace } from "../../../blocks/Faces";
import { phoneOf, plural } from "../../../words/common";
import { numberWords } from "../../../words/settings-nouns";
import { countriesOf, wizardWords as words } from "../../../words/wizard";
import { StandingTag } from "../../numbers/StandingTag";
import { useRows } from "../../useRows";
import own from "../accounts.module.css";
import type { Chosen, Step } from "./draft";

interface Props {
  account: ProviderAccount;
  provider: Provider;
  chosen: readonly Chosen[];
  /** What the checks at the side say, in short. */
  checks: ReactNode;
  onGo: (step: Step) => void;
}

export function SummaryStep({ account, provider, chosen, checks, onGo }: Props) {
  const numbers = useRows<SmsNumber>("numbers");
  const workstreams = useRows<Workstream>("workstreams");
  const queues = useRows<Queue>("queues");
  const standings = useQuery({ queryKey: ["settings", "numbers", "standings"], queryFn: numberStandings });
  if (!numbers.data || !workstreams.data || !queues.data) return <LoadingFace lines={4} />;
  return (
    <dl className={own.summary}>
      <Line title={words.account} onChange={() => onGo("provider")}>
        {provider.label}, {account.name}
      </Line>
      <Line title={words.callbacks} onChange={() => onGo("callbacks")}>
        {checks}
      </Line>
      {chosen.map(({ offered }) => {
        const row = numbers.data.find((one) => one.id === offered.number_id);
        const workstream = workstreams.data.find((one) => one.id === row?.workstream_id);
        const queue = queues.data.find((one) => one.id === workstream?.queue_id);
        if (!row) return null;
        return (
          <Line key={row.id} title={phoneOf(row.address)} onChange={() => onGo("behaviours")}>
            {row.name && `${row.name}, `}
            {numberWords.types[row.type]}, {row.country}. {row.capabilities.join(", ").toUpperCase()}.{" "}
            {offered.destinations.length > 0 && words.mayText(countriesOf(offered.destinations))}
            <br />
            {words.workstream}: {workstream?.name}. {words.queue}: {queue?.name},{" "}
            {queue && queue.members.length > 0 ? plural(queue.members.length, "member") : words.reachesNobody}
            <br />
            {words.registration}:{" "}
            <StandingTag standing={standings.data?.find((one) => one.number_id === row.id)} />
          </Line>
        );
      })}
    </dl>
  );
}

interface LineProps {
  title: string;
  onChange: () => void;
  children: ReactNode;
}

function Line({ title, onChange, children }: LineProps) {
  return (
    <div>
      <dt className="ab-tabular">{title}</dt>
      <dd>{children}</dd>
      <Button size="compact-sm" variant="subtle" aria-label={`${words.change}: ${title}`} onClick={onChange}>
        {words.change}
      </Button>
    </div>
  );
}
