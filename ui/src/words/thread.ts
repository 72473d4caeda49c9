/** Words inside a thread: delivery, failures, the quiet lines of events. */
import type { MessageView, ThreadEvent } from "../api/types";
import { phoneOf } from "./common";

export const thread = {
  label: "Conversation",
  loading: "Reading the thread",
  loadingEarlier: "Reading earlier texts…",
  failed: "The thread could not be read",
  empty: "No texts yet",
  emptyHint: "What you and the customer write appears here.",
  beginning: "The beginning",
  newer: "New texts",
  bottom: "To the newest",
  conversation: (day: string, via: string) => `${day}, conversation via ${via}`,
  earlierConversation: "earlier conversation",
  thisConversation: "this conversation",
  late: "arrived late",
  removed: "Words removed",
  note: "Note",
  resend: "Resend",
  resendUnclear: "Send again",
  resendFailed: "It could not be sent again",
  leave: "Leave it",
  leaveFailed: "It could not be left",
  dealt: { resent: "Sent again below.", left: "Left as it is." },
  answers: (what: string) => `Answers: ${what}`,
  outreach: "Outreach",
  detour: (number: string, why: "held_back" | "failed") =>
    why === "held_back"
      ? `Sent from ${number}, because sending from this conversation's number was held back`
      : `Sent from ${number}, because this conversation's number could not send it`,
  discard: "Discard",
  editAgain: "Edit",
  sendingNow: "Sending…",
  waitingConnection: "Waits for the connection",
  notSent: "Not sent",
  automated: "Automatic",
  viaApi: "By API",
  picture: "Picture",
  pictureOpen: (name: string) => `Open ${name}`,
  pictureFetching: "Picture is being fetched…",
  pictureFailed: "Picture not available",
  file: "File",
  parts: (parts: number) => (parts === 1 ? "1 part" : `${parts} parts`),
} as const;

const DELIVERY: Record<string, string> = {
  scheduled: "Scheduled",
  queued: "Queued",
  sending: "Sending",
  accepted: "Accepted",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  undelivered: "Not delivered",
  failed: "Failed",
  refused: "Not sent",
  unclear: "Unknown whether sent",
  canceled: "Canceled",
};

export const deliveryOf = (message: Pick<MessageView, "status">): string =>
  DELIVERY[message.status] ?? message.status;

const FAILURE: Record<string, string> = {
  invalid_recipient: "The number cannot receive texts.",
  opted_out: "The customer has opted out.",
  no_consent: "The customer has not agreed to such texts.",
  quiet_hours: "It was too early or too late where the customer is.",
  too_often: "The customer had too many texts unasked.",
  budget_spent: "The budget of this month is spent.",
  blocked: "The phone is blocked.",
  throttled: "Too many texts at once.",
  filtered: "The carrier filtered it.",
  unreachable: "The phone could not be reached.",
  unclear: "The provider did not answer; it may or may not have gone out.",
  content: "The text was not accepted.",
  sender: "Our number may not send.",
  account: "The provider account has a problem. An administrator can mend it.",
  registration: "Our number is not registered for this. An administrator can mend it.",
  media: "The picture was not accepted.",
  provider_trouble: "The provider is in trouble.",
  expired: "It waited too long.",
};

/** Which way a text that went wrong took, and the provider's code: "Twilio · (312) 555-0100 · 30007". */
export const viaOf = (account: string | null, number: string | null, code: string | null): string =>
  [account, number && phoneOf(number), code].filter(Boolean).join(" · ");

/** The sentence under a failed text. */
export function failureOf(message: Pick<MessageView, "error_class" | "error_sentence" | "status">): string {
  const known = FAILURE[message.error_class ?? message.status];
  return message.error_sentence || known || "No reason was given.";
}

const who = (event: ThreadEvent): string => event.actor_name ?? event.user_name ?? "Someone";
const text = (value: unknown): string => (typeof value === "string" ? value : "");

const REASONS: Record<string, string> = {
  agent_lost: "the connection was lost",
  auto_close: "nobody wrote for long",
  wrap_up_over: "wrap-up was over",
};
const because = (event: ThreadEvent): string => {
  const reason = text(event.data.reason);
  return reason ? ` because ${REASONS[reason] ?? reason.replaceAll("_", " ")}` : "";
};

const LINES: Record<string, (event: ThreadEvent) => string> = {
  ConversationOpened: (event) =>
    event.actor_name ? `${event.actor_name} began the conversation` : "Conversation opened",
  ConversationReopened: (event) =>
    event.actor_name ? `${event.actor_name} reopened it` : "Customer wrote again: reopened",
  ConversationResumed: () => "Customer wrote again before it was closed",
  OfferAccepted: (event) => `${who(event)} accepted`,
  OfferDeclined: (event) => `${who(event)} declined`,
  OfferTimedOut: (event) => `${event.user_name ?? who(event)} did not answer the offer in time`,
  ConversationPicked: (event) => `${who(event)} took it`,
  ConversationLeft: (event) => `${who(event)} left it for later`,
  ConversationSnoozed: (event) => `${who(event)} snoozed it`,
  ConversationWoken: () => "Snooze over",
  ConversationEnded: (event) => `${who(event)} ended the conversation`,
  ConversationClosed: (event) =>
    event.actor_name ? `${event.actor_name} closed it` : `Closed by itself${because(event)}`,
  ConversationTransferred: (event) => {
    const to = text(event.data.queue) || event.user_name || text(event.data.agent);
    return to ? `${who(event)} transferred it to ${to}` : `${who(event)} transferred it`;
  },
  ConversationReturned: (event) => `Went back to the queue${because(event)}`,
  ConsentRecorded: (event) =>
    ({
      opt_in: "Customer opted in to texts",
      pending: "Customer was asked to confirm that they want texts",
    })[text(event.data.choice)] ?? "Customer opted out of texts",
  SurveyAsked: () => "Customer was asked for a score",
  SurveyAnswered: (event) => `Customer gave ${Number(event.data.score)} of 5`,
};

export const lineOf = (event: ThreadEvent): string =>
  LINES[event.kind]?.(event) ?? event.kind.replace(/(?<=[a-z])(?=[A-Z])/g, " ");
