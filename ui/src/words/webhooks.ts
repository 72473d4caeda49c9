/** Words of the page for webhooks out. */

export const webhookWords = {
  url: "Address",
  urlHint: "It is called by POST. In your own network its host must be named in ANSWERBACK_PRIVATE_HOSTS.",
  description: "What it is for",
  types: "Tell it when",
  state: "State",
  failing: "not taking calls",
  waiting: (count: number) => `${count} ${count === 1 ? "call waits" : "calls wait"}`,
  secret: "Secret",
  secretOnce: "This signs the calls and is shown only now. Keep it where the receiver can read it.",
  renew: "Make a new secret",
  renewHint: "For a day the former one signs beside it.",
  renewFailed: "The secret was not changed",
  test: "Make a test call",
  testFailed: "The call could not be made",
  calls: "Calls",
  noCalls: "No calls yet. Make a test call to see what the address answers.",
  callsFailed: "The calls could not be read",
  again: "Make it again",
  againFailed: "It was not made again",
  made: (tries: number) => `${tries} ${tries === 1 ? "try" : "tries"}`,
  states: { waiting: "waits", taken: "taken", failed: "not taken" } as Record<string, string>,
  connector: "Power Automate",
  connectorAbout:
    "A custom connector with this centre's address in it: actions that text customers, triggers when something happens here. Import the definition; the properties are for the command line.",
  connectorFiles: {
    "apiDefinition.swagger.json": "Download the definition",
    "apiProperties.json": "Download the properties",
  },
} as const;
