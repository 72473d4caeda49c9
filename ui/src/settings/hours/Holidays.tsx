/** Public holidays of a country or a part of it: all of them, or those that are chosen. */
import { Checkbox, NativeSelect, Switch } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { holidayPlaces, holidaysOf } from "../../api/behaviour-calls";
import type { HolidayChoice, HolidayDate } from "../../api/schema.gen";
import { hoursWords as words } from "../../words/hours";
import css from "./hours.module.css";

interface Props {
  value: HolidayChoice | null;
  onChange: (value: HolidayChoice | null) => void;
}

const regions = new Intl.DisplayNames(["en"], { type: "region" });
const NEAR = ["US", "CA", "PR"];

export function Holidays({ value, onChange }: Props) {
  const places = useQuery({
    queryKey: ["settings", "holiday-places"],
    queryFn: holidayPlaces,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const countries = (places.data ?? []).map(({ country }) => ({
    value: country,
    label: regions.of(country) ?? country,
  }));
  countries.sort((a, b) => rank(a.value) - rank(b.value) || a.label.localeCompare(b.label));
  const parts = places.data?.find((place) => place.country === value?.country)?.subdivisions ?? [];
  return (
    <section className={css.holidays} aria-label={words.holidays}>
      <div className={css.pair}>
        <NativeSelect
          label={words.country}
          data={[{ value: "", label: words.noHolidays }, ...countries]}
          value={value?.country ?? ""}
          onChange={(event) => {
            const country = event.currentTarget.value;
            onChange(country ? { country, subdivision: null, names: null } : null);
          }}
        />
        {value && parts.length > 0 && (
          <NativeSelect
            label={words.part}
            data={[{ value: "", label: words.wholeCountry }, ...parts]}
            value={value.subdivision ?? ""}
            onChange={(event) =>
              onChange({ ...value, subdivision: event.currentTarget.value || null, names: null })
            }
          />
        )}
      </div>
      {value && <Names value={value} onChange={onChange} />}
    </section>
  );
}

const rank = (country: string) => (NEAR.includes(country) ? NEAR.indexOf(country) : NEAR.length);

function Names({ value, onChange }: { value: HolidayChoice; onChange: (value: HolidayChoice) => void }) {
  const { country, subdivision = null, names = null } = value;
  const year = new Date().getFullYear();
  const found = useQuery({
    queryKey: ["settings", "holidays", country, subdivision, year],
    queryFn: async () => [
      ...(await holidaysOf(country, subdivision, year)),
      ...(await holidaysOf(country, subdivision, year + 1)),
    ],
    staleTime: Number.POSITIVE_INFINITY,
  });
  const dates = nextDates(found.data ?? []);
  return (
    <>
      <Switch
        label={words.allHolidays}
        checked={names === null}
        onChange={(event) =>
          onChange({ ...value, names: event.currentTarget.checked ? null : [...dates.keys()] })
        }
      />
      {names === null ? (
        <p className={css.quiet}>{[...dates].map(([name, date]) => words.nextDate(name, date)).join(", ")}</p>
      ) : (
        <Checkbox.Group
          label={words.chosenHolidays}
          value={[...names]}
          onChange={(picked) => onChange({ ...value, names: picked })}
        >
          <div className={css.names}>
            {[...dates].map(([name, date]) => (
              <Checkbox key={name} value={name} label={words.nextDate(name, date)} />
            ))}
          </div>
        </Checkbox.Group>
      )}
    </>
  );
}

const short = new Intl.DateTimeFormat("en-US", { day: "numeric", month: "short", timeZone: "UTC" });

/** Each holiday once, with the next day it falls on. */
function nextDates(found: readonly HolidayDate[]): Map<string, string> {
  const today = new Date().toISOString().slice(0, 10);
  const dates = new Map<string, string>();
  for (const { date, name } of found) {
    for (const part of name.split(";")) {
      const plain = part.replace(/ \(observed\)$/, "").trim();
      if (date >= today && !dates.has(plain)) dates.set(plain, short.format(new Date(date)));
    }
  }
  return dates;
}
