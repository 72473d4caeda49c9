/** The map of the screens. Each is its own piece of code, fetched when first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { loadSession, session } from "../api/session";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { Shell } from "../shell/Shell";
import { common } from "../words/common";
import { NotFound } from "./NotFound";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  validateSearch: (search: Record<string, unknown>): { next?: string } =>
    typeof search.next === "string" ? { next: search.next } : {},
  component: lazyRouteComponent(() => import("../shell/SignIn"), "SignIn"),
});

const shell = createRoute({
  getParentRoute: () => root,
  id: "shell",
  component: Shell,
  beforeLoad: async ({ location }) => {
    const held = session.get() ?? (await loadSession());
    if (!held) throw redirect({ to: "/sign-in", search: { next: location.href } });
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/desk" });
  },
});

const desk = createRoute({
  getParentRoute: () => shell,
  path: "/desk",
  component: lazyRouteComponent(() => import("../desk/DeskScreen"), "DeskScreen"),
});
const deskNone = createRoute({ getParentRoute: () => desk, path: "/" });
const deskOne = createRoute({ getParentRoute: () => desk, path: "$conversationId" });

const contacts = createRoute({
  getParentRoute: () => shell,
  path: "/contacts",
  component: lazyRouteComponent(() => import("../contacts/ContactsScreen"), "ContactsScreen"),
});
const contactsNone = createRoute({ getParentRoute: () => contacts, path: "/" });
const contactsOne = createRoute({ getParentRoute: () => contacts, path: "$contactId" });

const failed = createRoute({
  getParentRoute: () => shell,
  path: "/failed",
  component: lazyRouteComponent(() => import("../trouble/FailedScreen"), "FailedScreen"),
});

const outreach = createRoute({
  getParentRoute: () => shell,
  path: "/outreach",
  component: lazyRouteComponent(() => import("../outreach/OutreachScreen"), "OutreachScreen"),
});
const outreachPages = lazyRouteComponent(() => import("../outreach/pages"), "OutreachPage");
const outreachPage = createRoute({ getParentRoute: () => outreach, path: "$page", component: outreachPages });
const outreachRow = createRoute({
  getParentRoute: () => outreach,
  path: "$page/$rowId",
  // The audience a new campaign begins with.
  validateSearch: ({ audience }: Record<string, unknown>): { audience?: number } =>
    typeof audience === "number" ? { audience } : {},
  component: outreachPages,
});
const outreachNone = createRoute({
  getParentRoute: () => outreach,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/outreach/$page", params: { page: "campaigns" } });
  },
});

const settings = createRoute({
  getParentRoute: () => shell,
  path: "/settings",
  component: lazyRouteComponent(() => import("../settings/SettingsScreen"), "SettingsScreen"),
});
const settingsPage = createRoute({
  getParentRoute: () => settings,
  path: "$page",
  component: lazyRouteComponent(() => import("../settings/pages"), "SettingsPage"),
});
const settingsRow = createRoute({
  getParentRoute: () => settings,
  path: "$page/$rowId",
  component: lazyRouteComponent(() => import("../settings/pages"), "SettingsPage"),
});
const settingsNone = createRoute({
  getParentRoute: () => settings,
  path: "/",
  beforeLoad: () => {
    throw redirect({ to: "/settings/$page", params: { page: "setup" } });
  },
});

const tree = root.addChildren([
  signIn,
  shell.addChildren([
    home,
    desk.addChildren([deskNone, deskOne]),
    contacts.addChildren([contactsNone, contactsOne]),
    failed,
    outreach.addChildren([outreachNone, outreachPage, outreachRow]),
    settings.addChildren([settingsNone, settingsPage, settingsRow]),
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPreload: "intent",
  defaultPendingComponent: () => <LoadingFace />,
  defaultErrorComponent: ({ error, reset }) => (
    <ErrorFace title={common.screenFailed} error={error} onRetry={reset} />
  ),
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
