/** Words of privacy: what a customer may ask for, and what must be kept meanwhile. */

export const privacy = {
  title: "Privacy",
  export: "Export all that is known",
  exportHint: "A zip with their data, texts, notes and files, as they may ask for it.",
  hold: "Legal hold…",
  holdTitle: "Put a legal hold on this customer",
  holdHint: "Nothing of theirs is erased while it stands. A case number, not a name: it outlives them here.",
  holds: "Legal hold: nothing is erased",
  heldBy: (name: string, day: string) => `${name ? `${name}, ` : ""}${day}`,
  release: "Release…",
  releaseTitle: "Release the legal hold",
  releaseHint: "The hold and both reasons stay in the list.",
  reason: "Reason",
  setHold: "Put on hold",
  endHold: "Release",
  past: (count: number) => (count === 1 ? "1 hold released" : `${count} holds released`),
  failed: "Legal holds could not be read",
  erase: "Erase…",
  eraseTitle: "Erase this customer",
  goes: "Name, phones, words of all texts, notes, files and attributes go for good. Open conversations are closed, waiting texts taken back.",
  stays: "Times, statuses and prices stay. An opt-out is still honoured.",
  keepProof: "Keep the proof of consent",
  keepProofHint:
    "For complaints: claims may come for four years. Without it only opt-outs stay, with phone and time.",
  type: "Type one of their phones",
  eraseNow: "Erase for good",
  erased: "Erased",
} as const;

export const retention = {
  title: "How long things are kept",
  texts: "Words of texts and notes",
  textsHint:
    "Days. Empty: for ever. Times, statuses and prices stay. What lists say of people goes with them.",
  files: "Pictures and files",
  filesHint: "Days. Empty: for ever.",
  events: "News of conversations in the event log",
  eventsHint:
    "Days. Empty: for ever. What people changed, gave out or erased stays; so does the consent ledger.",
  save: "Save",
  counting: "Counting what would go",
  countFailed: "It could not be counted",
  wouldGo: (gone: { texts: string; files: string; events: string; recipients: string }) =>
    `The next run, within ten minutes of saving, takes out the words of ${gone.texts}, ${gone.files}, ${gone.events}, and what lists say of ${gone.recipients}. They do not come back.`,
  nothing: "The next run would take out nothing.",
  held: (contacts: string) => `A legal hold protects ${contacts}.`,
} as const;

export const masks = {
  name: "Name",
  kind: "What it covers",
  kinds: [
    { value: "card", label: "Card numbers, but their last four digits" },
    { value: "ssn", label: "Social security numbers" },
    { value: "email", label: "E-mail addresses" },
    { value: "pattern", label: "A pattern of our own" },
  ],
  kindShort: {
    card: "Card numbers",
    ssn: "Social security numbers",
    email: "E-mail addresses",
    pattern: "Pattern",
  } as Record<string, string>,
  pattern: "Pattern",
  patternHint:
    "For a pattern of your own, such as ACC-\\d{6}. Possible: characters, [A-Z0-9], \\d \\w \\s \\b, {6} or {4,8}, ?, and | between whole patterns.",
  applies: "When",
  appliesWhen: [
    { value: "display", label: "When people see it: it can be revealed with the permission" },
    { value: "storage", label: "Before a customer's text is stored: gone for good" },
  ],
  appliesShort: { display: "On screens", storage: "Before storing" } as Record<string, string>,
  state: "State",
  tryTitle: "Try the masks",
  tryHint: "Write a text as a customer would. Nothing is kept.",
  tryText: "Text",
  tryShown: "What agents see",
  tryFailed: "It could not be tried",
  reveal: "Reveal",
  revealHint: "Shows what a mask covers. That you looked is recorded.",
  revealFailed: "It could not be revealed",
} as const;
