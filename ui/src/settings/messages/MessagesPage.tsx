/** Automated messages: every trigger, what it says and what it costs; below, how much a customer gets of them. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { automatedMessages, automationLimits } from "../../api/behaviour-calls";
import type { AutomatedMessage, Trigger } from "../../api/schema.gen";
import type { SmsNumber } from "../../api/settings-types";
import { ErrorFace, LoadingFace } from "../../blocks/Faces";
import { type Column, PageHead, Table } from "../../blocks/Rows";
import { Tag } from "../../blocks/Small";
import { languageOf, triggerWords, messagesWords as words } from "../../words/automation";
import { settings } from "../../words/settings";
import { useRows } from "../useRows";
import { LimitsForm } from "./LimitsForm";
import { MessageForm } from "./MessageForm";
import css from "./messages.module.css";

/** Rows of the table are known by number. */
interface Line {
  id: number;
  message: AutomatedMessage;
  own: number;
}

const COLUMNS: Column<Line>[] = [
  { title: words.trigger, cell: ({ message }) => triggerWords[message.trigger].name },
  {
    title: words.when,
    cell: ({ message }) => <span className={css.when}>{triggerWords[message.trigger].when}</span>,
  },
  {
    title: words.state,
    cell: ({ message }) =>
      message.active ? (
        <Tag tone="good" icon="check">
          {words.on}
        </Tag>
      ) : (
        <Tag>{words.off}</Tag>
      ),
  },
  {
    title: words.languages,
    cell: ({ message }) =>
      message.saved ? message.wordings.map((one) => languageOf(one.language)).join(", ") : "",
  },
  {
    title: words.cost,
    cell: ({ message }) => (
      <span className={css.cost}>
        {words.parts(Math.max(...message.wordings.map((one) => one.parts), 0))}
      </span>
    ),
    figure: true,
  },
  { title: words.own, cell: ({ own }) => words.ownCount(own) },
];

export default function MessagesPage() {
  const messages = useQuery({ queryKey: ["settings", "automated-messages"], queryFn: automatedMessages });
  const limits = useQuery({ queryKey: ["settings", "automation-limits"], queryFn: automationLimits });
  const numbers = useRows<SmsNumber>("numbers");
  const [open, setOpen] = useState<Trigger | null>(null);
  const failed = [messages, limits, numbers].find((one) => one.isError);
  if (failed) {
    const retry = () => void failed.refetch();
    return <ErrorFace title={settings.readFailed} error={failed.error} onRetry={retry} />;
  }
  if (!messages.data || !limits.data || !numbers.data) return <LoadingFace />;
  const lines = messages.data.items
    .filter((one) => one.number_id === null)
    .map((message, id) => ({
      id,
      message,
      own: messages.data.items.filter((one) => one.trigger === message.trigger && one.number_id !== null)
        .length,
    }));
  return (
    <>
      <PageHead title={settings.pages.messages ?? ""} about={settings.about.messages} />
      <Table
        rows={lines}
        columns={COLUMNS}
        nameOf={({ message }) => triggerWords[message.trigger].name}
        onOpen={(id) => setOpen(lines[id]?.message.trigger ?? null)}
      />
      <LimitsForm key={JSON.stringify(limits.data)} limits={limits.data} />
      {open && (
        <MessageForm
          trigger={open}
          messages={messages.data}
          numbers={numbers.data}
          fallback={limits.data.fallback_language}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
