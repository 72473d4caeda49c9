/** What is wrong with the flow, each with the step it belongs to; pressing one opens that step. */
import type { Definition } from "../api/schema.gen";
import { Icon } from "../blocks/Icon";
import { builderWords as words } from "../words/flows";
import css from "./flows.module.css";
import { TRIGGER } from "./graph";
import type { FlowProblem } from "./problems";
import { titleOf } from "./summary";

interface Props {
  flow: Definition;
  problems: readonly FlowProblem[];
  fresh: boolean;
  tried: boolean;
  onChoose: (name: string) => void;
}

export function Problems({ flow, problems, fresh, tried, onChoose }: Props) {
  if (problems.length === 0) {
    return (
      <p className={css.fine} role="status">
        {fresh && tried ? (
          <>
            <Icon name="check" /> {words.noProblems}
          </>
        ) : (
          words.checking
        )}
      </p>
    );
  }
  return (
    <section className={css.problems} aria-label={words.problems(problems.length)}>
      <h3 role="status">
        <Icon name="warn" /> {words.problems(problems.length)}
      </h3>
      <ul>
        {problems.map((one) => {
          const step = flow.steps[one.step];
          return (
            <li key={`${one.step} ${one.field} ${one.problem}`}>
              <button type="button" onClick={() => onChoose(step ? one.step : TRIGGER)}>
                <b>{step ? titleOf(step) : words.whole}</b> <code>{one.field}</code> {one.problem}
              </button>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
