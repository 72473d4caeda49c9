/** Days that are not as the week says: closed, a holiday, or open at other times. */
import { ActionIcon, Button, NativeSelect, TextInput } from "@mantine/core";
import type { SpecialDay } from "../../api/schema.gen";
import { Icon } from "../../blocks/Icon";
import { hoursWords as words } from "../../words/hours";
import { type How, howOf, withHow } from "./calendar";
import css from "./hours.module.css";
import { Spans } from "./WeekGrid";

interface Props {
  days: readonly SpecialDay[];
  problems: Record<string, string>;
  onChange: (days: SpecialDay[]) => void;
}

const today = () => new Date().toLocaleDateString("en-CA");

export function SpecialDays({ days, problems, onChange }: Props) {
  const put = (place: number, day: SpecialDay) => onChange(days.map((one, at) => (at === place ? day : one)));
  const problemOf = (place: number) =>
    Object.entries(problems)
      .filter(([field]) => field.startsWith(`special_days[${place}]`))
      .map(([, problem]) => problem)
      .join(" ");
  return (
    <section className={css.specials} aria-label={words.special}>
      {days.map((day, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a day being entered has no name but its place
        <div key={place} className={css.special}>
          <TextInput
            label={words.what}
            required
            value={day.name}
            error={problemOf(place) || undefined}
            onChange={(event) => put(place, { ...day, name: event.currentTarget.value })}
          />
          <TextInput
            label={words.first}
            type="date"
            required
            value={day.first}
            onChange={(event) => put(place, { ...day, first: event.currentTarget.value })}
          />
          <TextInput
            label={words.last}
            type="date"
            min={day.first}
            value={day.last ?? ""}
            onChange={(event) => put(place, { ...day, last: event.currentTarget.value || null })}
          />
          <NativeSelect
            label={words.how}
            data={[...words.hows]}
            value={howOf(day)}
            onChange={(event) => put(place, withHow(day, event.currentTarget.value as How))}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            className={css.drop}
            aria-label={words.removeSpecial(day.name)}
            onClick={() => onChange(days.filter((_, at) => at !== place))}
          >
            <Icon name="close" />
          </ActionIcon>
          {howOf(day) === "open" && (
            <Spans
              name={day.name || words.special}
              spans={day.spans ?? []}
              onChange={(spans) => put(place, { ...day, spans })}
            />
          )}
        </div>
      ))}
      <Button
        variant="default"
        leftSection={<Icon name="plus" />}
        onClick={() => onChange([...days, { first: today(), name: "" }])}
      >
        {words.addSpecial}
      </Button>
    </section>
  );
}
