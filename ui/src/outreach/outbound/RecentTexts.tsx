/** What was ordered with a configuration, the newest first, with what became of each. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { listOutbound, takeBackOutbound } from "../../api/outreach-calls";
import type { OutboundMessage } from "../../api/schema.gen";
import { EmptyFace } from "../../blocks/Faces";
import { PagedTable } from "../../blocks/PagedTable";
import type { Column } from "../../blocks/Rows";
import { Ago } from "../../blocks/Times";
import { say, sayFailed } from "../../blocks/toasts";
import { exactOf } from "../../time/format";
import { phoneOf } from "../../words/common";
import { outboundWords as words } from "../../words/outbound";
import { OutcomeTag } from "../OutcomeTag";
import css from "../outreach.module.css";

const EVERY_MS = 5000;
const outcomeOf = (one: OutboundMessage): string => one.status ?? one.result;

function To({ text }: { text: OutboundMessage }) {
  const phone = phoneOf(text.phone);
  if (text.conversation_id === null) return phone;
  const params = { conversationId: String(text.conversation_id) };
  return (
    <Link to="/desk/$conversationId" params={params} title={words.conversation}>
      {phone}
    </Link>
  );
}

function Why({ text }: { text: OutboundMessage }) {
  if (text.due_at) return `${words.leavesAt} ${exactOf(text.due_at)}. ${text.sentence}`;
  return text.error_sentence ?? (text.result === "refused" ? text.sentence : "");
}

const columnsOf = (onTakeBack: (id: number) => void): Column<OutboundMessage>[] => [
  { title: words.recentColumns.to, cell: (one) => <To text={one} />, tight: true },
  { title: words.recentColumns.result, cell: (one) => <OutcomeTag outcome={outcomeOf(one)} /> },
  { title: words.recentColumns.why, cell: (one) => <Why text={one} /> },
  { title: words.recentColumns.about, cell: (one) => one.regardingobjectid || one.key },
  { title: words.recentColumns.at, cell: (one) => <Ago at={one.created_at} /> },
  {
    title: words.recentColumns.act,
    cell: (one) =>
      one.status === "scheduled" && (
        <Button size="compact-sm" variant="default" onClick={() => onTakeBack(one.id)}>
          {words.takeBack}
        </Button>
      ),
  },
];

export function RecentTexts({ configurationId }: { configurationId: number }) {
  const queries = useQueryClient();
  const name = ["outbound", configurationId];
  const takeBack = async (id: number) => {
    try {
      const { done } = await takeBackOutbound([id]);
      say(done.length > 0 ? words.takenBack : words.tooLate);
    } catch (error) {
      sayFailed(words.takeBackFailed, error);
    }
    await queries.invalidateQueries({ queryKey: name });
  };
  return (
    <section className={css.section} aria-labelledby="recent">
      <h3 id="recent">{words.recent}</h3>
      <PagedTable
        name={name}
        read={(cursor) => listOutbound(configurationId, cursor)}
        columns={columnsOf((id) => void takeBack(id))}
        failed={words.recentFailed}
        everyMs={EVERY_MS}
      >
        <EmptyFace icon="send" title={words.recentEmpty}>
          {words.recentEmptyHint}
        </EmptyFace>
      </PagedTable>
    </section>
  );
}
