/** The calls the desk makes, one function each. Settings' calls are in settings-calls.ts. */
import { call, query } from "./client";
import { freshKey } from "./key";
import type {
  AgentView,
  Calling,
  CallView,
  Contact,
  ConversationDetail,
  ConversationView,
  DeskView,
  FailedText,
  LeftTexts,
  MediaView,
  MessageView,
  Page,
  Presence,
  RawExchange,
  RetriedTexts,
  RoutingDecision,
  Session,
  ThreadPage,
  Trouble,
} from "./types";

export const readSession = () => call<Session>("/session", { quiet: true });
export const signIn = (email: string, password: string) =>
  call<Session>("/session", { method: "POST", body: { email, password }, quiet: true });
export const signOut = () => call<void>("/session", { method: "DELETE", quiet: true });

export const changePassword = (current_password: string, new_password: string) =>
  call<void>("/me/password", { method: "PUT", body: { current_password, new_password } });

export const readDesk = () => call<DeskView>("/desk");
export const readConversation = (id: number) => call<ConversationDetail>(`/conversations/${id}`);
export const readThread = (id: number, before?: string | null) =>
  call<ThreadPage>(`/conversations/${id}/thread${query({ before, limit: 50 })}`);
export const findConversations = (q: string, signal?: AbortSignal) =>
  call<Page<ConversationView>>(`/conversations${query({ q, limit: 50 })}`, { signal });
export const readDecisions = (id: number) =>
  call<Page<RoutingDecision>>(`/conversations/${id}/routing-decisions`);

export interface Draft {
  body: string;
  media_ids: number[];
  send_at?: string;
}
export const sendMessage = (conversationId: number, draft: Draft, idempotencyKey: string) =>
  call<MessageView>(`/conversations/${conversationId}/messages`, {
    method: "POST",
    body: draft,
    idempotencyKey,
  });
export const addNote = (conversationId: number, body: string, idempotencyKey: string) =>
  call<MessageView>(`/conversations/${conversationId}/notes`, {
    method: "POST",
    body: { body },
    idempotencyKey,
  });
export const resendMessage = (messageId: number, idempotencyKey: string) =>
  call<MessageView>(`/messages/${messageId}/resend`, { method: "POST", idempotencyKey });

export const readCalling = (conversationId: number) =>
  call<Calling>(`/conversations/${conversationId}/calling`);
/** One key a dialog: pressing again never rings twice. */
export const placeCall = (conversationId: number, idempotencyKey: string) =>
  call<CallView>(`/conversations/${conversationId}/calls`, { method: "POST", body: {}, idempotencyKey });
export const changeCallAddress = (call_address: string) =>
  call<unknown>("/me/call-address", { method: "PUT", body: { call_address } });
export const leaveMessage = (messageId: number) =>
  call<MessageView>(`/messages/${messageId}/leave`, { method: "POST", body: {} });

export type Move = "pick" | "leave" | "end" | "reopen" | "read" | "snooze" | "close" | "transfer";
export const moveConversation = (id: number, move: Move, body?: Record<string, unknown>) =>
  call<ConversationView>(`/conversations/${id}/${move}`, { method: "POST", body: body ?? {} });
export const answerOffer = (id: number, answer: "accept" | "decline") =>
  call<ConversationView>(`/offers/${id}/${answer}`, { method: "POST", body: {} });

export const setPresence = (presence: Presence) =>
  call<AgentView>("/me/presence", { method: "PUT", body: { presence } });

export const findContacts = (q: string, cursor?: string | null) =>
  call<Page<Contact>>(`/contacts${query({ q, cursor, limit: 50 })}`);
export const readContact = (id: number) => call<Contact>(`/contacts/${id}`);
export const changeContact = (id: number, change: Partial<Contact>) =>
  call<Contact>(`/contacts/${id}`, { method: "PATCH", body: change });
export const createContact = (contact: { name: string; phones: string[] }) =>
  call<Contact>("/contacts", { method: "POST", body: contact, idempotencyKey: freshKey() });

export function uploadMedia(file: File): Promise<MediaView> {
  const form = new FormData();
  form.set("file", file);
  return call<MediaView>("/media", { method: "POST", body: form });
}
export const mediaUrl = (id: number) => `/api/v1/media/${id}`;

export const readTrouble = () => call<Trouble>("/trouble");
export const listFailed = (error_class: string, cursor: string | null) =>
  call<Page<FailedText>>(`/failed-messages${query({ error_class, cursor, limit: 50 })}`);
export const retryFailed = (message_ids: number[]) =>
  call<RetriedTexts>("/failed-messages/retry", {
    method: "POST",
    body: { message_ids },
    idempotencyKey: freshKey(),
  });
export const leaveFailed = (message_ids: number[]) =>
  call<LeftTexts>("/failed-messages/leave", { method: "POST", body: { message_ids } });
export const readRawExchanges = (messageId: number) =>
  call<{ items: RawExchange[] }>(`/messages/${messageId}/raw-exchanges`);
