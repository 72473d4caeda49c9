/** Words of automated messages, the survey, and which files come and go. */
import type { Trigger } from "../api/schema.gen";

interface TriggerWords {
  name: string;
  when: string;
}

export const triggerWords: Record<Trigger, TriggerWords> = {
  greeting: { name: "Greeting", when: "A new conversation begins within the hours." },
  out_of_hours: { name: "Out of hours", when: "A customer writes while closed; once until it opens." },
  holiday: { name: "Holiday", when: "As out of hours, on a holiday. Off: that one is sent." },
  could_not_be_assigned: {
    name: "No agent possible",
    when: "It waits in a queue that has no active members.",
  },
  next_in_line: { name: "Next in line", when: "A waiting customer becomes the first." },
  position_in_queue: { name: "Place in line", when: "A customer begins to wait behind others." },
  agent_assigned: {
    name: "Agent assigned",
    when: "It is offered to an agent, who may still decline: Agent joined is surer.",
  },
  agent_joined: { name: "Agent joined", when: "An agent accepts or picks it, and another than before." },
  transfer_accepted: {
    name: "Transfer accepted",
    when: "Another agent takes over. Off: Agent joined is sent.",
  },
  agent_disconnected: { name: "Agent disconnected", when: "The agent's connection is lost." },
  agent_left: { name: "Agent left", when: "The agent leaves it for later." },
  conversation_ended: { name: "Conversation ended", when: "The agent ends it." },
  session_closed: { name: "Conversation closed", when: "It is closed, by anybody or by itself." },
};

const LANGUAGES = ["en", "es", "fr", "pt", "zh", "vi", "ko", "ht", "tl", "ar", "ru", "de", "it", "pl", "ja"];

export const messagesWords = {
  trigger: "Message",
  when: "Sent when",
  state: "State",
  languages: "Languages",
  cost: "Costs",
  own: "Own words",
  on: "On",
  off: "Off",
  ownCount: (count: number) => (count === 0 ? "" : count === 1 ? "1 number" : `${count} numbers`),
  parts: (parts: number) => (parts === 1 ? "1 part" : `${parts} parts`),
  price: (amount: string, currency: string) => `about ${amount} ${currency}`,
  dear: "UCS-2: a sign in it makes each part shorter",
  scope: "For",
  everyNumber: "All numbers",
  followsAll: "This number goes by the message of all numbers. Save to give it words of its own.",
  active: "Send it",
  text: (language: string) => `Text in ${language}`,
  fallback: "also for customers whose language is not here",
  insert: "Put in",
  addLanguage: "Add a language",
  removeLanguage: (language: string) => `Remove ${language}`,
  reset: "Use the words of all numbers",
  resetAll: "Back to the starting words, off",
  sample: "The customer reads",
  limits: "Limits",
  limitsHint:
    "To one phone, over all numbers. What is past them is left out. Answers to STOP and HELP do not count.",
  mostAnHour: "Most in an hour",
  mostADay: "Most in a day",
  fallbackLanguage: "Language for customers whose own has no text",
  saved: "Saved",
  codes: LANGUAGES,
} as const;

export const surveyWords = {
  group: "Survey by text",
  active: "Ask for a score when an agent's work ends",
  activeHint: "The answer, 1 to 5, is kept with the conversation and does not open it again.",
  question: "Question",
  thanks: "Thanks (optional)",
  answerHours: "Hours in which a figure counts as the answer",
  starter: {
    en: "How did we do? Reply 1 (bad) to 5 (great).",
    es: "¿Cómo lo hicimos? Responda de 1 (mal) a 5 (muy bien).",
    fr: "Comment était-ce? Répondez de 1 (mauvais) à 5 (excellent).",
  } as Record<string, string>,
  thanksStarter: {
    en: "Thank you for telling us.",
    es: "Gracias por decirnos.",
    fr: "Merci de votre réponse.",
  } as Record<string, string>,
} as const;

export const mediaWords = {
  group: "Pictures and files",
  receive: "Taken from customers",
  receiveHint: "Other files are refused, and the agent sees that one came.",
  kinds: [
    { value: "image", label: "Pictures" },
    { value: "audio", label: "Sound" },
    { value: "video", label: "Videos" },
    { value: "file", label: "Other files" },
  ],
  send: "Agents may send pictures",
  sendHint: "Where the number and its provider carry them.",
} as const;

const names = new Intl.DisplayNames(["en"], { type: "language" });
export function languageOf(code: string): string {
  try {
    return names.of(code) ?? code;
  } catch {
    return code;
  }
}
