/** The recipients of a campaign by outcome, each with why and the way into the conversation. */
import { NativeSelect } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { campaignRecipients } from "../../api/campaign-calls";
import type { Campaign, CampaignRecipient, OutcomeCount } from "../../api/schema.gen";
import { EmptyFace } from "../../blocks/Faces";
import { PagedTable } from "../../blocks/PagedTable";
import type { Column, Row } from "../../blocks/Rows";
import { Tag } from "../../blocks/Small";
import { Ago } from "../../blocks/Times";
import { momentOf } from "../../time/format";
import { campaignWords as words } from "../../words/campaigns";
import { phoneOf } from "../../words/common";
import { outboundWords, outcomeWords } from "../../words/outbound";
import { OutcomeTag } from "../OutcomeTag";
import css from "../outreach.module.css";

function To({ recipient }: { recipient: CampaignRecipient }) {
  const phone = phoneOf(recipient.phone);
  if (recipient.conversation_id === null) return phone;
  return (
    <Link
      to="/desk/$conversationId"
      params={{ conversationId: String(recipient.conversation_id) }}
      title={words.conversation}
    >
      {phone}
    </Link>
  );
}

function Became({ recipient }: { recipient: CampaignRecipient }) {
  return (
    <span className={css.tags}>
      <OutcomeTag outcome={recipient.outcome} />
      {recipient.replied && (
        <Tag tone="good" icon="check">
          {words.replied}
        </Tag>
      )}
      {recipient.opted_out && (
        <Tag tone="warn" icon="block">
          {words.optedOut}
        </Tag>
      )}
    </span>
  );
}

const variantOf = (names: readonly string[]): Column<CampaignRecipient & Row> => ({
  title: words.recipientColumns.variant,
  cell: (one) => one.variant !== null && names[one.variant],
});
const COLUMNS: Column<CampaignRecipient & Row>[] = [
  { title: words.recipientColumns.to, cell: (one) => <To recipient={one} />, tight: true },
  { title: words.recipientColumns.outcome, cell: (one) => <Became recipient={one} />, tight: true },
  {
    title: words.recipientColumns.why,
    cell: (one) => (
      <>
        {one.outcome === "waiting" && one.sentence && `${outboundWords.leavesAt} ${momentOf(one.due_at)}. `}
        {one.sentence}
      </>
    ),
  },
  {
    title: words.recipientColumns.at,
    cell: (one) => one.message_id && one.settled_at && <Ago at={one.settled_at} />,
  },
];

/** Those there are, each with how many. */
function choicesOf(counts: readonly OutcomeCount[]) {
  const sums = new Map<string, number>();
  const add = (key: string, count: number) => sums.set(key, (sums.get(key) ?? 0) + count);
  for (const one of counts) {
    add(one.outcome, one.recipients);
    add("replied", one.replied);
    add("opted_out", one.opted_out);
  }
  return [...sums]
    .filter(([, count]) => count > 0)
    .map(([value, count]) => ({ value, label: `${outcomeWords[value]} (${count.toLocaleString()})` }));
}

interface Props {
  campaign: Campaign;
  counts: readonly OutcomeCount[];
}

export function Recipients({ campaign, counts }: Props) {
  const [outcome, setOutcome] = useState("");
  const queries = useQueryClient();
  const { id } = campaign;
  // Other counts are other rows.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the counts are what it waits for
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ["campaign", id, "recipients"] });
  }, [queries, id, counts]);
  const names = campaign.variants.map((one) => one.name ?? "");
  const columns = names.length > 1 ? COLUMNS.toSpliced(2, 0, variantOf(names)) : COLUMNS;
  return (
    <section className={css.section} aria-labelledby="recipients">
      <div className={css.bar}>
        <h3 id="recipients">{words.recipients}</h3>
        <NativeSelect
          aria-label={words.outcome}
          data={[{ value: "", label: words.everyOutcome }, ...choicesOf(counts)]}
          value={outcome}
          onChange={(event) => setOutcome(event.currentTarget.value)}
        />
      </div>
      <PagedTable
        name={["campaign", id, "recipients", outcome]}
        read={(cursor) => campaignRecipients(id, outcome, cursor)}
        columns={columns}
        failed={words.recipientsFailed}
      >
        <EmptyFace icon="contacts" title={words.recipientsEmpty} />
      </PagedTable>
    </section>
  );
}
