/** The left rail: where one can go, and at its foot who one is: presence and capacity. */
import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { Icon, type IconName } from "../blocks/Icon";
import { MOD } from "../keys/keys";
import { useLists, useLive } from "../live/useLive";
import { useTrouble } from "../trouble/useTrouble";
import { common } from "../words/common";
import { outreach } from "../words/outreach";
import { shell } from "../words/shell";
import { troubleWords } from "../words/trouble";
import { MeMenu } from "./MeMenu";
import css from "./shell.module.css";

interface Props {
  onHelp: () => void;
  onCommands: () => void;
  onPassword: () => void;
  onPhone: () => void;
}

export function Rail({ onHelp, onCommands, onPassword, onPhone }: Props) {
  const administrator = useLive((live) => live.me.role === "administrator");
  const outreaches = useLive((live) => live.me.permissions.includes("manage_outreach"));
  const seesAll = useLive((live) => live.me.role !== "agent");
  return (
    <nav className={css.rail} aria-label={shell.nav}>
      <img className={css.mark} src="/mark.svg" width={28} height={28} alt={common.product} />
      <Place to="/desk" icon="desk" label={shell.desk} keys="G D" badge={<Unread />} />
      <Place to="/contacts" icon="contacts" label={shell.contacts} keys="G C" />
      {seesAll && (
        <Place to="/failed" icon="warn" label={troubleWords.place} keys="G F" badge={<FailedCount />} />
      )}
      {outreaches && <Place to="/outreach" icon="send" label={outreach.place} keys="G O" />}
      {administrator && <Place to="/settings" icon="settings" label={shell.settings} keys="G S" />}
      <UnstyledButton className={`${css.link} ${css.push}`} onClick={onCommands} title={`${MOD} K`}>
        <Icon name="search" size={20} />
        <span>{MOD} K</span>
        <span className="ab-visually-hidden">{shell.commands}</span>
      </UnstyledButton>
      <MeMenu onHelp={onHelp} onPassword={onPassword} onPhone={onPhone} />
    </nav>
  );
}

interface PlaceProps {
  to: "/desk" | "/contacts" | "/failed" | "/outreach" | "/settings";
  icon: IconName;
  label: string;
  keys: string;
  badge?: React.ReactNode;
}

function Place({ to, icon, label, keys, badge }: PlaceProps) {
  return (
    <Link to={to} className={css.link} title={`${label} (${keys})`}>
      <Icon name={icon} size={20} />
      <span>{label}</span>
      {badge}
    </Link>
  );
}

const MOST_SHOWN = 99;

function FailedCount() {
  const count = useTrouble().data?.failed ?? 0;
  if (count === 0) return null;
  return (
    <span className={css.badge} role="img" aria-label={troubleWords.badge(count)}>
      {count > MOST_SHOWN ? `${MOST_SHOWN}+` : count}
    </span>
  );
}

function Unread() {
  const { my } = useLists();
  const count = my.filter((conversation) => conversation.unread > 0).length;
  const offered = useLive((live) => Object.keys(live.offers).length);
  const news = count + offered;
  useEffect(() => {
    document.title = news > 0 ? `(${news}) ${common.product}` : common.product;
    return () => {
      document.title = common.product;
    };
  }, [news]);
  if (count === 0) return null;
  return (
    <span className={css.badge} role="img" aria-label={`${count} unread`}>
      {count}
    </span>
  );
}
