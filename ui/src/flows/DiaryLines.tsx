/** The diary of a run, real or tried, line by line. */
import type { Definition } from "../api/schema.gen";
import { exactOf } from "../time/format";
import { runWords, flowWords as words } from "../words/flows";
import css from "./phone.module.css";
import { titleOf } from "./summary";

interface Line {
  at: string;
  step: string;
  kind: string;
  what: string;
}

const moment = new Intl.DateTimeFormat(undefined, {
  day: "numeric",
  month: "short",
  hour: "2-digit",
  minute: "2-digit",
});

export function DiaryLines({ lines, steps }: { lines: readonly Line[]; steps: Definition["steps"] }) {
  return (
    <ol className={css.diary}>
      {lines.map((line, place) => {
        const step = steps[line.step];
        const kind = runWords.lines[line.kind] ?? (words.kinds as Record<string, string>)[line.kind];
        const title = step?.title ? `${step.title} · ` : "";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
          <li key={place} title={step ? titleOf(step) : undefined}>
            <time dateTime={line.at} title={exactOf(line.at)}>
              {moment.format(new Date(line.at))}
            </time>
            <span>
              <b>
                {title}
                {kind ?? line.kind}
              </b>{" "}
              {line.what}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
