/** A phone that shows what the customer would see: our texts, their replies, and when. */
import type { FlowTrialLine, FlowTrialResult } from "../api/schema.gen";
import { clockOf, dayOf, exactOf } from "../time/format";
import { useHalfMinute } from "../time/useNow";
import { runWords, trialWords as words } from "../words/flows";
import css from "./phone.module.css";

interface Props {
  result: FlowTrialResult | null;
  empty: string;
}

const isText = (line: FlowTrialLine) => line.text != null;

export function Phone({ result, empty }: Props) {
  const now = useHalfMinute();
  const texts = result?.lines.filter(isText) ?? [];
  return (
    <figure className={css.phone} aria-label={words.phone}>
      <div className={css.glass} aria-live="polite">
        {texts.length === 0 && <p className={css.hint}>{empty}</p>}
        {texts.map((line, place) => {
          const day = dayOf(line.at, now);
          const before = texts[place - 1];
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines never move
            <div key={place} className={css.said} data-theirs={line.kind === "reply"}>
              {(!before || dayOf(before.at, now) !== day) && <small className={css.day}>{day}</small>}
              <p data-bubble>{line.text}</p>
              <time dateTime={line.at} title={exactOf(line.at)}>
                {clockOf(line.at)}
              </time>
            </div>
          );
        })}
      </div>
      {result && (
        <figcaption role="status">
          {result.state === "listening"
            ? words.waits
            : words.ended(runWords.outcomes[result.outcome ?? ""] ?? result.outcome ?? "")}
          {result.problem && <span className={css.bad}>{result.problem}</span>}
        </figcaption>
      )}
    </figure>
  );
}
