/** What the provider said of a text that went wrong, word for word: for administrators who look for the cause. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { readRawExchanges } from "../api/calls";
import type { RawExchange } from "../api/types";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { Ago } from "../blocks/Times";
import { useLive } from "../live/useLive";
import { saidWords as words } from "../words/trouble";
import css from "./trouble.module.css";

export function ProviderSaid({ messageId }: { messageId: number }) {
  const may = useLive((live) => live.me.permissions.includes("read_raw"));
  const [open, setOpen] = useState(false);
  const panel = useId();
  if (!may) return null;
  return (
    <div className={css.said}>
      <Button
        size="compact-xs"
        variant="subtle"
        aria-expanded={open}
        aria-controls={panel}
        onClick={() => setOpen(!open)}
      >
        {open ? words.hide : words.show}
      </Button>
      <div id={panel}>{open && <Exchanges messageId={messageId} />}</div>
    </div>
  );
}

function Exchanges({ messageId }: { messageId: number }) {
  const said = useQuery({ queryKey: ["raw", messageId], queryFn: () => readRawExchanges(messageId) });
  if (said.isPending) return <LoadingFace lines={2} />;
  if (said.isError) {
    return <ErrorFace title={words.failed} error={said.error} onRetry={() => void said.refetch()} />;
  }
  if (said.data.items.length === 0) return <p className={css.saidNone}>{words.none}</p>;
  return (
    <ol className={css.exchanges}>
      {said.data.items.map((one) => (
        <Exchange key={`${one.kind}${one.at}`} one={one} />
      ))}
    </ol>
  );
}

function Exchange({ one }: { one: RawExchange }) {
  const address = `${one.method} ${one.address}`.trim();
  return (
    <li>
      <p className={css.when}>
        {one.kind === "send" ? words.send : words.report}, <Ago at={one.at} />
      </p>
      <Raw title={words.asked(one.kind)} head={address} text={one.request} />
      {one.kind === "send" && (
        <Raw
          title={words.answered}
          head={one.status === null ? words.noAnswer : `HTTP ${one.status}`}
          text={one.answer}
        />
      )}
    </li>
  );
}

/** What went over the wire, under its title. */
export function Raw({ title, head, text }: { title: string; head: string; text: string }) {
  return (
    <figure className={css.raw}>
      <figcaption>{title}</figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <pre tabIndex={0}>{text ? `${head}\n\n${text}` : head}</pre>
    </figure>
  );
}
