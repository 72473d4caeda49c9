/** "Why me?": the stored routing decisions, newest first: the sentence, the order, who failed which test. */
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { readDecisions } from "../../api/calls";
import type { ConversationView, RoutingDecision } from "../../api/types";
import { EmptyFace, ErrorFace, LoadingFace } from "../../blocks/Faces";
import { Tag, type Tone } from "../../blocks/Small";
import { Ago, ClockTime } from "../../blocks/Times";
import { useKeys } from "../../keys/keys";
import { clockOf, runningOf } from "../../time/format";
import { why as words } from "../../words/desk";
import css from "./panels.module.css";

const TONE: Record<RoutingDecision["outcome"], Tone> = { offered: "good", nobody: "bad", held: "warn" };

export default function WhyDialog({
  conversation,
  onClose,
}: {
  conversation: ConversationView;
  onClose: () => void;
}) {
  useKeys({}, { modal: true });
  const { id, version } = conversation;
  const decisions = useQuery({ queryKey: ["decisions", id, version], queryFn: () => readDecisions(id) });
  return (
    <Modal opened onClose={onClose} title={words.title} size="lg">
      {decisions.isPending ? (
        <LoadingFace label={words.loading} />
      ) : decisions.isError ? (
        <ErrorFace title={words.failed} error={decisions.error} onRetry={() => void decisions.refetch()} />
      ) : decisions.data.items.length === 0 ? (
        <EmptyFace icon="why" title={words.empty}>
          {words.emptyHint}
        </EmptyFace>
      ) : (
        <ol className={css.decisions}>
          {decisions.data.items
            .toSorted((a, b) => b.id - a.id)
            .map((decision, place) => (
              <Decision key={decision.id} decision={decision} open={place === 0} />
            ))}
        </ol>
      )}
    </Modal>
  );
}

function Decision({ decision, open }: { decision: RoutingDecision; open: boolean }) {
  const repeated = decision.last_at !== decision.decided_at;
  return (
    <li className={css.decision}>
      <details open={open}>
        <summary>
          <Tag tone={TONE[decision.outcome]}>{words.outcome[decision.outcome]}</Tag>
          <span className={css.sentence}>{decision.sentence}</span>
          <span className={css.when}>
            <ClockTime at={decision.decided_at} />
          </span>
        </summary>
        <p className={css.method}>
          {decision.queue} · {words.method[decision.method] ?? decision.method} · {words.rules}{" "}
          {decision.rules_version}
          {repeated && (
            <>
              {" "}
              · {words.repeated} <Ago at={decision.last_at} />
            </>
          )}
        </p>
        {decision.order.length > 0 && <Order order={decision.order} winner={decision.agent_id} />}
        {decision.failed.length > 0 && <Failed failed={decision.failed} />}
      </details>
    </li>
  );
}

function Order({ order, winner }: { order: RoutingDecision["order"]; winner: number | null }) {
  return (
    <table className={css.table}>
      <caption>{words.order}</caption>
      <thead>
        <tr>
          <th scope="col">{words.place}</th>
          <th scope="col">{words.agent}</th>
          <th scope="col">{words.facts}</th>
        </tr>
      </thead>
      <tbody>
        {order.map((one) => (
          <tr key={one.agent_id} data-winner={one.agent_id === winner}>
            <td>{one.position}</td>
            <td>{one.agent_name}</td>
            <td>{factsOf(one.facts)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Known facts in words, others by their own names, so that nothing is hidden. */
function factsOf(facts: Record<string, unknown>): string {
  const { free_units, capacity_units, idle_seconds, last_assigned_at, ...others } = facts;
  const said: string[] = [];
  if (free_units !== undefined) said.push(words.free(String(free_units), String(capacity_units ?? "?")));
  if (idle_seconds !== undefined) said.push(words.idle(runningOf(Number(idle_seconds) * 1000)));
  if (typeof last_assigned_at === "string") said.push(words.lastAssigned(clockOf(last_assigned_at)));
  for (const [name, value] of Object.entries(others)) {
    if (value !== null) said.push(`${name.replaceAll("_", " ")} ${String(value)}`);
  }
  return said.join(" · ");
}

function Failed({ failed }: { failed: RoutingDecision["failed"] }) {
  return (
    <table className={css.table}>
      <caption>{words.failedTests}</caption>
      <tbody>
        {failed.map((one) => (
          <tr key={one.test}>
            <th scope="row" title={one.sentence}>
              {words.test[one.test] ?? one.sentence}
            </th>
            <td>
              {one.agents.map((agent) => agent.name).join(", ")}{" "}
              {one.count > one.agents.length && words.others(one.count - one.agents.length)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
