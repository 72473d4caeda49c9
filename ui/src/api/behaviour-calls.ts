/** Calls about hours, automated messages and their limits. */
import { call, query } from "./client";
import type {
  AutomatedMessage,
  AutomatedMessages,
  HolidayDate,
  HoursNow,
  LimitChanges,
  Limits,
  MessageChange,
  Place,
  Trial,
  Trigger,
} from "./schema.gen";

export const previewCalendar = (trial: Trial) =>
  call<HoursNow>("/calendars/preview", { method: "POST", body: trial });
export const holidayPlaces = async () => (await call<{ items: Place[] }>("/calendars/places")).items;
export const holidaysOf = async (country: string, subdivision: string | null, year: number) =>
  (await call<{ items: HolidayDate[] }>(`/calendars/holidays${query({ country, subdivision, year })}`)).items;

const path = (trigger: Trigger, numberId: number | null) =>
  `/automated-messages/${trigger}${query({ number_id: numberId })}`;
export const automatedMessages = () => call<AutomatedMessages>("/automated-messages");
export const setAutomated = (trigger: Trigger, numberId: number | null, body: MessageChange) =>
  call<AutomatedMessage>(path(trigger, numberId), { method: "PUT", body });
export const resetAutomated = (trigger: Trigger, numberId: number | null) =>
  call<void>(path(trigger, numberId), { method: "DELETE" });
export const automationLimits = () => call<Limits>("/automated-messages/limits");
export const changeLimits = (body: LimitChanges) =>
  call<Limits>("/automated-messages/limits", { method: "PATCH", body });
