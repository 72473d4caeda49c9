/** The opening times of a week: a row a day, with its times beside a ruler of 24 hours. */
import { ActionIcon, Button } from "@mantine/core";
import type { OpenSpan } from "../../api/schema.gen";
import { Icon } from "../../blocks/Icon";
import { hoursWords as words } from "../../words/hours";
import { barOf, DAYS, type Day, OFFICE, type WeekDraft } from "./calendar";
import css from "./hours.module.css";

interface Props {
  week: WeekDraft;
  problems: Record<string, string>;
  onChange: (week: WeekDraft) => void;
}

export function WeekGrid({ week, problems, onChange }: Props) {
  const set = (day: Day, spans: OpenSpan[]) => onChange({ ...week, [day]: spans });
  const copy = () => onChange({ ...week, tue: week.mon, wed: week.mon, thu: week.mon, fri: week.mon });
  return (
    <section className={css.week} aria-label={words.week}>
      {DAYS.map((day) => (
        <div key={day} className={css.day}>
          <b>{words.days[day]}</b>
          <Ruler spans={week[day]} />
          <Spans name={words.days[day]} spans={week[day]} onChange={(spans) => set(day, spans)} />
          {day === "mon" && (
            <Button variant="subtle" size="compact-xs" className={css.copy} onClick={copy}>
              {words.copyDown}
            </Button>
          )}
          {problems[`week.${day}`] && (
            <p className={css.problem} role="alert">
              {problems[`week.${day}`]}
            </p>
          )}
        </div>
      ))}
    </section>
  );
}

function Ruler({ spans }: { spans: readonly OpenSpan[] }) {
  return (
    <span className={css.ruler} aria-hidden="true">
      {spans.map((span) => {
        const { left, width } = barOf(span);
        return (
          <i
            key={`${span.opens} ${span.closes}`}
            style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
          />
        );
      })}
    </span>
  );
}

interface SpansProps {
  name: string;
  spans: readonly OpenSpan[];
  onChange: (spans: OpenSpan[]) => void;
}

export function Spans({ name, spans, onChange }: SpansProps) {
  const put = (place: number, part: Partial<OpenSpan>) =>
    onChange(spans.map((span, at) => (at === place ? { ...span, ...part } : span)));
  return (
    <div className={css.spans}>
      {spans.length === 0 && <span className={css.closed}>{words.closed}</span>}
      {spans.map((span, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a time has no name but its place
        <span key={place} className={css.span}>
          <Time
            label={words.opens(name, place + 1)}
            value={span.opens}
            onChange={(opens) => put(place, { opens })}
          />
          –
          <Time
            label={words.closes(name, place + 1)}
            value={span.closes}
            onChange={(closes) => put(place, { closes })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            aria-label={words.removeTime(name, place + 1)}
            onClick={() => onChange(spans.filter((_, at) => at !== place))}
          >
            <Icon name="close" size={12} />
          </ActionIcon>
        </span>
      ))}
      <ActionIcon
        variant="subtle"
        size="sm"
        aria-label={words.addTime(name)}
        onClick={() =>
          onChange([...spans, spans.length === 0 ? OFFICE : { opens: "18:00", closes: "20:00" }])
        }
      >
        <Icon name="plus" size={14} />
      </ActionIcon>
    </div>
  );
}

function Time({ label, value, onChange }: { label: string; value: string; onChange: (v: string) => void }) {
  return (
    <input
      type="time"
      className={css.time}
      aria-label={label}
      value={value}
      onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value.slice(0, 5))}
    />
  );
}
