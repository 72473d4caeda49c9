/** Choosing hours, on a number or a queue. */
import type { Calendar } from "../../api/schema.gen";
import { hoursWords as words } from "../../words/hours";
import type { Field } from "../fields";

export const calendarField = (calendars: readonly Calendar[], hint: string): Field => ({
  name: "calendar_id",
  label: words.calendar,
  hint: calendars.length > 0 ? hint : `${hint} ${words.make}`,
  kind: "select",
  id: true,
  options: [
    { value: "", label: words.always },
    ...calendars.map((one) => ({ value: String(one.id), label: one.name })),
  ],
});
