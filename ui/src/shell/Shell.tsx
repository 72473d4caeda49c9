/** The frame around every screen: rail, connection banner, offers over all, command bar, keyboard help. */
import { useQueryClient } from "@tanstack/react-query";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useState } from "react";
import { session, toSignIn } from "../api/session";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { Toasts } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { connection, Link, live } from "../live/link";
import { resumeOutgoing } from "../live/outgoing";
import { useStore } from "../live/store";
import { useBack } from "../live/useBack";
import { TroubleBanner } from "../trouble/TroubleBanner";
import { shell as words } from "../words/shell";
import { ConnectionBanner } from "./ConnectionBanner";
import { Offers } from "./Offers";
import { Rail } from "./Rail";
import css from "./shell.module.css";

const CommandBar = lazy(() => import("./CommandBar"));
const KeyHelp = lazy(() => import("./KeyHelp"));
const OwnPhoneDialog = lazy(() => import("./OwnPhoneDialog"));
const NewText = lazy(() => import("../desk/NewText"));
const PasswordDialog = lazy(() => import("./PasswordDialog"));

/** Holds the live link for as long as somebody is signed in. */
function useLink(userId: number | undefined): Link | null {
  const [link, setLink] = useState<Link | null>(null);
  useEffect(() => {
    if (userId === undefined) return;
    const fresh = new Link(userId, toSignIn);
    setLink(fresh);
    resumeOutgoing(userId);
    void fresh.run();
    return () => fresh.close();
  }, [userId]);
  return link;
}

type Overlay = "commands" | "keys" | "password" | "phone" | "text" | null;

export function Shell() {
  const userId = useStore(session, (value) => value?.user.id);
  const link = useLink(userId);
  const ready = useStore(live, (value) => value !== null);
  const failed = useStore(connection, (value) => (value.phase === "failed" ? value.problem : null));
  const [overlay, setOverlay] = useState<Overlay>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();
  useBack(() => {
    void queries.refetchQueries({ type: "active", predicate: (query) => query.state.status === "error" });
  });
  const mayStart = useStore(live, (value) => value?.me.permissions.includes("start_conversation") ?? false);
  useKeys({
    ...(mayStart ? { c: () => setOverlay("text") } : {}),
    "mod+k": () => setOverlay("commands"),
    "?": () => setOverlay("keys"),
    "g d": () => void navigate({ to: "/desk" }),
    "g c": () => void navigate({ to: "/contacts" }),
    "g f": () => void navigate({ to: "/failed" }),
    "g o": () => void navigate({ to: "/outreach" }),
    "g s": () => void navigate({ to: "/settings" }),
  });
  if (!ready) {
    if (failed === null) return <LoadingFace label={words.desk} />;
    return <ErrorFace title={words.offline.failed} error={failed} onRetry={link?.retryNow} />;
  }
  const close = () => setOverlay(null);
  return (
    <div className={css.shell}>
      <a className={css.skip} href="#main">
        {words.skip}
      </a>
      <Rail
        onHelp={() => setOverlay("keys")}
        onCommands={() => setOverlay("commands")}
        onPassword={() => setOverlay("password")}
        onPhone={() => setOverlay("phone")}
      />
      <div className={css.banners}>
        <ConnectionBanner onRetry={link?.retryNow} />
        <TroubleBanner />
      </div>
      <main className={css.main} id="main" tabIndex={-1}>
        <Outlet />
      </main>
      <Offers />
      <Toasts />
      <Suspense fallback={null}>
        {overlay === "commands" && (
          <CommandBar onClose={close} onHelp={() => setOverlay("keys")} onText={() => setOverlay("text")} />
        )}
        {overlay === "keys" && <KeyHelp onClose={close} />}
        {overlay === "phone" && <OwnPhoneDialog onClose={close} />}
        {overlay === "text" && <NewText onClose={close} />}
        {overlay === "password" && <PasswordDialog onClose={close} />}
      </Suspense>
    </div>
  );
}
