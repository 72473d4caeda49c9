/** The API's shapes as the screens use them: the generated ones, narrowed where the description is wider
 * than what the server really says. Times are RFC 3339 in UTC. */
import type * as api from "./schema.gen";

type Narrow<T, N> = Omit<T, keyof N> & N;

export type ConversationState = api.ConversationView["state"];
export type Presence = api.AgentView["presence"];
export type Role = api.AgentView["role"];

export type AgentView = api.AgentView;
export type Me = api.MeView;
export type MediaView = api.MediaView;
export type OfferView = api.OfferView;
export type ThreadEvent = api.ThreadEvent;
export type ConversationView = api.ConversationView;
export type ConversationDetail = api.ConversationDetail;
export type Sending = api.Sending;
export type DeskView = api.DeskView;
export type Named = api.QueueRef;
export type Check = api.Check;
export type OpenBreaker = api.OpenBreaker;
export type FailedText = api.FailedText;
export type Trouble = api.Trouble;
export type RetriedTexts = api.RetriedTexts;
export type LeftTexts = api.LeftTexts;
export type CallView = api.CallView;
export type Calling = api.Calling;
export type RawExchange = api.RawView;

export type MessageView = Narrow<api.MessageView, { media: MediaView[] }>;
export type SessionUser = Narrow<api.SessionUser, { role: Role }>;
export type Session = Narrow<api.Session, { user: SessionUser }>;
export type RoutingDecision = Narrow<api.DecisionView, { outcome: "offered" | "nobody" | "held" }>;
export type ConsentEntry = Narrow<api.ConsentEntry, { choice: "opt_in" | "opt_out" }>;

type PastConversation = Narrow<api.PastConversation, { state: ConversationState }>;
/** With what is known around it when one contact is read; without in lists. */
export type Contact = api.Contact & {
  conversations?: PastConversation[];
  consent?: ConsentEntry[];
  calls?: CallView[];
  blocked?: boolean;
};

/** RFC 9457. */
export type Problem = Narrow<api.Problem, { detail?: string; message?: MessageView; sentence?: string }>;

export interface Page<T> {
  items: T[];
  next_cursor?: string | null;
}

export type ThreadItem = { key: string; at: string; conversation_id: number } & (
  | { kind: "message"; message: MessageView }
  | { kind: "event"; event: ThreadEvent }
  | { kind: "call"; call: CallView }
);

export interface ThreadPage {
  items: ThreadItem[];
  next_before: string | null;
}

/** One line of the live stream; not part of the description, which knows requests and answers only. */
export interface StreamEvent {
  cursor: string;
  id: number;
  kind: string;
  at: string;
  actor_id: number | null;
  actor_name: string | null;
  conversation_id: number | null;
  contact_id: number | null;
  message_id: number | null;
  user_id: number | null;
  data: Record<string, unknown>;
  conversation?: ConversationView | null;
  message?: MessageView | null;
  call?: CallView | null;
  offer?: OfferView | null;
  agent?: AgentView | null;
}
