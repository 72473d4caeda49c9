/** Words of trouble at providers: what is held back, and texts that did not arrive. */
const texts = (count: number) => `${count.toLocaleString("en-US")} text${count === 1 ? "" : "s"}`;

export const troubleWords = {
  place: "Failed",
  badge: (count: number) => `${texts(count)} did not arrive`,
  anAccount: "a provider account",
  held: (name: string, waiting: number) =>
    waiting > 0
      ? `Sending from ${name} is held back: ${texts(waiting)} waiting.`
      : `Sending from ${name} is held back.`,
  again: (seconds: number) => `Next try in ${seconds} s`,
  now: "Trying now",
  kinds: { callback: "Texts go elsewhere", check: "A provider account", cap: "A cap is near" },
  moreWarnings: (count: number) => `${count} more to look at`,
  pointHere: "Point texts here again",
  pointedHere: "Texts come here again",
  stillWrong: "It could not be mended",
  look: "Look at it",
  title: "Texts that did not arrive",
  about: "Send them again or leave them be: either takes them off this list for everyone.",
  onlySupervisors: "This list is for supervisors",
  onlySupervisorsHint:
    "A text of yours that did not arrive says so in its thread, where you can send it again.",
  reason: "Reason",
  reasons: [
    { value: "", label: "Every reason" },
    { value: "unreachable", label: "Phone not reached" },
    { value: "invalid_recipient", label: "Wrong number" },
    { value: "filtered", label: "Filtered by a carrier" },
    { value: "registration", label: "Number not registered" },
    { value: "throttled", label: "Too fast" },
    { value: "provider_trouble", label: "Trouble at the provider" },
    { value: "account", label: "Provider account" },
    { value: "sender", label: "Sending number" },
    { value: "content", label: "Content" },
    { value: "media", label: "Pictures and files" },
    { value: "opted_out", label: "Opted out" },
    { value: "expired", label: "Too late" },
    { value: "unclear", label: "Unknown whether sent" },
    { value: "unknown", label: "No reason given" },
  ],
  readFailed: "The list could not be read",
  empty: "Everything arrived",
  emptyHint: "Texts that fail, or whose fate stays unknown, are listed here until somebody deals with them.",
  all: "Choose all shown",
  choose: (who: string) => `Choose the text to ${who}`,
  retry: (count: number) => (count > 0 ? `Send ${texts(count)} again` : "Send again"),
  leave: "Leave them",
  more: "Show more",
  actFailed: "That did not work",
  retried: (sent: number, stuck: number, problem: string) =>
    stuck === 0
      ? `${texts(sent)} on the way again`
      : `${texts(sent)} on the way again, ${texts(stuck)} not: ${problem}`,
  left: (count: number) => `${texts(count)} left be`,
  noReason: "The provider gave no reason.",
} as const;

export const saidWords = {
  show: "What the provider said",
  hide: "Hide what the provider said",
  failed: "What the provider said could not be read",
  none: "Nothing is kept: the text never reached the provider, or the days of keeping are over.",
  send: "When it was sent",
  report: "Its delivery report",
  asked: (kind: string) => (kind === "send" ? "We asked" : "The provider told us"),
  answered: "The provider answered",
  noAnswer: "No answer came.",
} as const;
