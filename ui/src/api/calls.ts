/** The calls the desk makes, one function each. Settings' calls are in settings-calls.ts. */
import { call, query } from "./client";
import { freshKey } from "./key";
import type {
  AgentView,
  Contact,
  ConversationDetail,
  ConversationView,
  DeskView,
  MediaView,
  MessageView,
  Page,
  Presence,
  RoutingDecision,
  Session,
  ThreadPage,
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
