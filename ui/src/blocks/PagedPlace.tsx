/** A place with a page per noun, listed at its left; on narrow screens in a strip on top that shows the open one. */
import { Link, Outlet, useLocation } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import css from "./paged-place.module.css";

interface Props {
  place: "settings" | "outreach";
  title: string;
  /** What the list is, for those who hear it. */
  label: string;
  pages: Readonly<Record<string, string>>;
}

export function PagedPlace({ place, title, label, pages }: Props) {
  const list = useRef<HTMLElement>(null);
  const open = useLocation({ select: (at) => at.pathname.split("/")[2] });
  useEffect(() => {
    const link = list.current?.querySelector(`[data-link="${open}"]`);
    link?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [open]);
  return (
    <div className={css.screen}>
      <nav ref={list} className={css.nav} aria-label={label}>
        <h1>{title}</h1>
        {Object.entries(pages).map(([page, name]) => (
          <Link key={page} to={`/${place}/$page`} params={{ page }} className={css.link} data-link={page}>
            {name}
          </Link>
        ))}
      </nav>
      <div className={css.page} data-page>
        <Outlet />
      </div>
    </div>
  );
}
