/** What a calendar says now, in a line; also of one that is not saved yet. */
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import { previewCalendar } from "../../api/behaviour-calls";
import type { HoursNow, Trial } from "../../api/schema.gen";
import { Tag } from "../../blocks/Small";
import { useHalfMinute } from "../../time/useNow";
import { hoursWords as words } from "../../words/hours";
import { sayNow } from "./calendar";
import css from "./hours.module.css";

export function NowLine({ now, zone }: { now: HoursNow; zone: string }) {
  const time = useHalfMinute();
  const open = now.state === "open";
  return (
    <Tag tone={open ? "good" : "calm"} icon={open ? "check" : "clock"}>
      {sayNow(now, zone, time)}
    </Tag>
  );
}

export function Preview({ trial }: { trial: Trial }) {
  const asked = useDeferredValue(JSON.stringify(trial));
  const answer = useQuery({
    queryKey: ["settings", "calendar-preview", asked],
    queryFn: () => previewCalendar(JSON.parse(asked) as Trial),
    placeholderData: (held) => held,
    retry: false,
    gcTime: 60_000,
  });
  return (
    <p className={css.preview} role="status">
      {answer.isError ? (
        <Tag tone="warn" icon="warn">
          {words.previewFailed}
        </Tag>
      ) : (
        answer.data && <NowLine now={answer.data} zone={trial.time_zone} />
      )}{" "}
      <span className={css.quiet}>{words.inZone(trial.time_zone)}</span>
    </p>
  );
}
