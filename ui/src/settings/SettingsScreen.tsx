/** Settings: a page per noun, listed at the left. */
import { Link, Outlet } from "@tanstack/react-router";
import { EmptyFace } from "../blocks/Faces";
import { useLive } from "../live/useLive";
import { settings as words } from "../words/settings";
import css from "./settings.module.css";

export function SettingsScreen() {
  const administrator = useLive((live) => live.me.role === "administrator");
  if (!administrator) {
    return (
      <EmptyFace icon="block" title={words.onlyAdministrators}>
        {words.onlyAdministratorsHint}
      </EmptyFace>
    );
  }
  return (
    <div className={css.screen}>
      <nav className={css.nav} aria-label={words.nav}>
        <h1>{words.title}</h1>
        {Object.entries(words.pages).map(([page, label]) => (
          <Link key={page} to="/settings/$page" params={{ page }} className={css.navLink}>
            {label}
          </Link>
        ))}
      </nav>
      <div className={css.page}>
        <Outlet />
      </div>
    </div>
  );
}
