/** Words of the frame around every screen. */

export const shell = {
  skip: "Skip to the content",
  nav: "Main",
  desk: "Desk",
  contacts: "Contacts",
  settings: "Settings",
  commands: "Commands",
  presenceOf: (presence: string, used: number, capacity: number) =>
    `You are ${presence}. ${used} of ${capacity} capacity units in use. Change presence`,
  capacity: (used: number, capacity: number) => `${used} of ${capacity}`,
  setPresence: "Presence",
  theme: "Theme",
  themes: { auto: "As the system", light: "Light", dark: "Dark" },
  keyboard: "Keyboard shortcuts",
  signOut: "Sign out",
  password: "Change password",
  notifications: "Notify me on this computer",
  notifyHint: "Offers can also reach you while this window is covered.",
  notifyYes: "Notify me",
  notificationsBlocked: "Notifications are blocked in the browser",
  offline: {
    reconnecting: (seconds: number) => `Reconnecting… last update ${seconds} s ago`,
    explain: "What you write is kept and sent when the connection is back.",
    now: "Try now",
    failed: "The desk could not be loaded",
  },
  presenceFailed: "Presence was not changed",
} as const;

export const passwordWords = {
  title: "Change password",
  current: "Present password",
  fresh: "New password",
  hint: "At least 12 characters. You are signed out everywhere else.",
  submit: "Change password",
  done: "Password changed",
} as const;

export const offers = {
  region: "Offers",
  title: "New conversation",
  accept: "Accept",
  decline: "Decline",
  seconds: (left: number) => `${left} s left`,
  announced: (who: string) => `Offer: ${who}. Press A to accept, D to decline.`,
  more: (count: number) => `${count} more waiting behind this one`,
  failed: "This offer could not be answered",
  via: (number: string) => `to ${number}`,
} as const;

export const commandBar = {
  placeholder: "Go to, do, or find a customer…",
  label: "Commands",
  nothing: "Nothing matches. Try a name, a number or an action.",
  groups: { act: "This conversation", go: "Go to", me: "Me", found: "Conversations" },
  hint: "to choose",
  run: "to run",
  leave: "to close",
} as const;

export const keyHelp = {
  title: "Keyboard shortcuts",
  groups: [
    {
      title: "Anywhere",
      keys: [
        ["mod K", "Commands and search"],
        ["G then D", "Go to the desk"],
        ["G then C", "Go to contacts"],
        ["G then F", "Go to texts that did not arrive (supervisors)"],
        ["G then O", "Go to outreach (where it is allowed to you)"],
        ["G then S", "Go to settings"],
        ["C", "New text (where it is allowed to you)"],
        ["?", "This list"],
      ],
    },
    {
      title: "Offers",
      keys: [
        ["A", "Accept"],
        ["D", "Decline"],
      ],
    },
    {
      title: "List",
      keys: [
        ["J", "Next conversation"],
        ["K", "Previous conversation"],
        ["Enter", "Open it"],
        ["/", "Search"],
        ["1 2 3", "My, Open, Closed"],
      ],
    },
    {
      title: "Conversation",
      keys: [
        ["R", "Write a reply"],
        ["N", "Write a note"],
        ["#", "Insert a template"],
        ["mod Enter", "Send"],
        ["E", "End conversation"],
        ["S", "Snooze"],
        ["T", "Transfer"],
        ["P", "Phone the customer (with the permission)"],
        ["W", "Why me?"],
        ["Esc", "Leave the field, close what is open"],
      ],
    },
    {
      title: "Template",
      keys: [["mod S", "Save draft"]],
    },
  ],
} as const;

export const signInWords = {
  title: "Sign in",
  email: "Email",
  password: "Password",
  submit: "Sign in",
  expired: "Your session is over. Sign in again to go on; what you wrote is kept.",
  wrong: "The email or the password is wrong.",
  tooMany: "Too many attempts. Wait a few minutes, then try again.",
} as const;
