/** The steps of something done one after the other: where one is, and back to any that one has seen. */
import { useEffect, useRef } from "react";
import { Icon } from "./Icon";
import css from "./steps.module.css";

interface Props<S extends string> {
  label: string;
  names: Readonly<Record<S, string>>;
  steps: readonly S[];
  at: S;
  reached: S;
  onGo: (step: S) => void;
}

export function Steps<S extends string>({ label, names, steps, at, reached, onGo }: Props<S>) {
  const last = steps.indexOf(reached);
  return (
    <nav aria-label={label}>
      <ol className={css.steps}>
        {steps.map((step, place) => {
          const done = place < last && step !== at;
          return (
            <li key={step} data-done={done} aria-current={step === at ? "step" : undefined}>
              <button type="button" disabled={place >= steps.indexOf(at)} onClick={() => onGo(step)}>
                <span>{done ? <Icon name="check" size={12} /> : place + 1}</span> {names[step]}
              </button>
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

/** Takes the focus when the step changes, so that keyboard and screen reader are where the eye is. */
export function StepHead({ step, title, about }: { step: string; title: string; about: string }) {
  const head = useRef<HTMLHeadingElement>(null);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the step that moves the focus
  useEffect(() => {
    if (first.current) first.current = false;
    else head.current?.focus();
  }, [step]);
  return (
    <div>
      <h3 ref={head} tabIndex={-1} className={css.head}>
        {title}
      </h3>
      <p className={css.about}>{about}</p>
    </div>
  );
}
