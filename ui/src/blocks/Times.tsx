/** Times on screen: short to read, exact on hover. */
import { agoOf, clockOf, exactOf, localClock, runningOf } from "../time/format";
import { useHalfMinute, useSecond } from "../time/useNow";

export function Ago({ at }: { at: string }) {
  const now = useHalfMinute();
  return (
    <time dateTime={at} title={exactOf(at)}>
      {agoOf(at, now)}
    </time>
  );
}

export function ClockTime({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactOf(at)}>
      {clockOf(at)}
    </time>
  );
}

/** Counts up from `since`. */
export function Running({ since }: { since: string }) {
  const now = useSecond();
  return (
    <time dateTime={since} title={exactOf(since)}>
      {runningOf(now - Date.parse(since))}
    </time>
  );
}

export function LocalTime({ zone }: { zone: string | null }) {
  const now = useHalfMinute();
  const text = localClock(zone, now);
  return text ? <time title={zone ?? undefined}>{text}</time> : null;
}
