/** The calls with a customer, on their card: how many, how many missed, and the newest. */
import type { CallView } from "../../api/types";
import { Ago } from "../../blocks/Times";
import { callLine, calls as words } from "../../words/calls";
import css from "./card.module.css";

const SHOWN = 5;

export function PhoneCalls({ calls }: { calls: readonly CallView[] }) {
  if (calls.length === 0) return null;
  const missed = calls.filter((call) => call.direction === "inbound" && call.status === "missed");
  return (
    <section className={css.section}>
      <h3>
        {words.section} <small>{words.count(calls.length, missed.length)}</small>
      </h3>
      <ul className={css.calls}>
        {calls.slice(0, SHOWN).map((call) => (
          <li key={call.id}>
            {callLine(call)}{" "}
            <small>
              <Ago at={call.started_at} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
