/** Words of calls: lines in the thread, calling a customer, what a number does with calls. */
import type { CallView } from "../api/types";
import { phoneOf, plural } from "./common";

/** "45 s", "3 min 05 s". */
export function lengthOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, "0")} s`;
}

/** A phone or SIP address as people read it. */
export const targetOf = (target: string): string => phoneOf(target);

const INBOUND: Record<CallView["status"], string> = {
  placing: "Customer is calling",
  unclear: "Customer is calling",
  ringing: "Customer is calling",
  answered: "Customer is on the phone",
  completed: "Customer called",
  missed: "Missed call",
  busy: "Missed call, the line was busy",
  failed: "Customer's call failed",
  declined: "Blocked caller, the line was busy",
};

const OUTBOUND: Record<CallView["status"], string> = {
  placing: "is calling the customer",
  unclear: "called; unknown whether a phone rang",
  ringing: "is calling the customer",
  answered: "is on the phone with the customer",
  completed: "called the customer",
  missed: "called, the customer did not answer",
  busy: "called, the customer's line was busy",
  failed: "called, which failed",
  declined: "called, the customer declined",
};

/** One line: who called whom and how it ended. */
export function callLine(call: CallView): string {
  if (call.direction === "outbound") return `${call.agent_name ?? "Somebody"} ${OUTBOUND[call.status]}`;
  if (call.status === "completed" && call.handled === "greeting")
    return "Customer called and heard the greeting";
  if (call.status === "completed" && call.handled === "forward") return "Customer called and was put through";
  return INBOUND[call.status];
}

export const calls = {
  textedBack: "texted back",
  call: "Call",
  callLong: "Call the customer",
  title: (name: string) => `Call ${name}`,
  asking: "Looking whether a call is possible",
  askFailed: "It could not be found out whether a call is possible",
  steps: (own: string) => `Your phone, ${own}, rings first. Pick it up, and the customer is rung.`,
  sees: (number: string) => `The customer sees ${number}, the number they text with. Nothing is recorded.`,
  start: "Ring my phone",
  started: "Your phone rings now",
  failed: "The call was not placed",
  ownPhone: "My phone",
  ownPhoneHint:
    "Rings first when you call a customer: a phone number, or an address like sip:ana@example.org.",
  ownPhonePrivate: "Customers never see it. Leave it empty for none.",
  ownPhoneSaved: "Your phone is saved",
  ownPhoneFailed: "Your phone was not saved",
  section: "Calls",
  count: (all: number, missed: number) =>
    missed > 0 ? `${plural(all, "call")}, ${missed} missed` : plural(all, "call"),
} as const;

export const numberCalls = {
  title: "Calls to this number",
  about:
    "Setting up texts never touches calls. Choose here what callers meet; until then nothing is changed.",
  noProvider: (provider: string) => `${provider} carries no calls for Answerback. Texts are not affected.`,
  noVoice: "This number has no voice. If the provider gives it voice, tick Calls under its capabilities.",
  behaviour: "When somebody calls",
  behaviours: [
    { value: "untouched", label: "Leave calls alone: they go where the provider's settings say" },
    { value: "text_thread", label: "Say a sentence, then text the caller back" },
    { value: "greeting", label: "Say a greeting, then hang up" },
    { value: "forward", label: "Forward to a phone" },
  ],
  words: "Callers hear",
  wordsBefore: "Callers hear first (optional)",
  language: "Spoken in",
  languages: [
    { value: "en-US", label: "English (United States)" },
    { value: "es-US", label: "Spanish (United States)" },
    { value: "es-MX", label: "Spanish (Mexico)" },
    { value: "fr-CA", label: "French (Canada)" },
    { value: "en-GB", label: "English (United Kingdom)" },
  ],
  forwardTo: "Forward to",
  forwardHint: "A phone number",
  forwardHintSip: "A phone number, or an address like sip:desk@example.org",
  textBack: "Text back",
  textBackMissed: "Text back when nobody answers (optional)",
  textBackHint:
    "Once a call, at most every ten minutes, through the same rules as every text. The conversation goes to your agents.",
  before: (where: string) =>
    `Before, calls went to ${where}. That is put back when you leave calls alone again.`,
  save: "Set at the provider",
  saved: "What callers meet is set",
  failed: "What callers meet was not changed",
} as const;
