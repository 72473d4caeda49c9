/** How each text of a campaign does beside the others, and how far each number is. */
import type { Campaign, CampaignNumber, CampaignVariant, OutcomeCount } from "../../api/schema.gen";
import { type Column, type Row, Table } from "../../blocks/Rows";
import { useKnown } from "../../flows/useKnown";
import { campaignWords as words } from "../../words/campaigns";
import css from "../outreach.module.css";
import { resultOf, type VariantResult } from "./progress";

type Variant = CampaignVariant & VariantResult & Row;

const percent = (part: number, whole: number): string =>
  whole === 0 ? "" : `${part.toLocaleString()} (${Math.round((1000 * part) / whole) / 10} %)`;

const COLUMNS: Column<Variant>[] = [
  { title: words.variantColumns.text, cell: (one) => one.name },
  { title: words.variantColumns.sent, cell: (one) => one.left.toLocaleString(), figure: true },
  { title: words.variantColumns.delivered, cell: (one) => percent(one.delivered, one.left), figure: true },
  { title: words.variantColumns.replied, cell: (one) => percent(one.replied, one.left), figure: true },
  { title: words.variantColumns.optedOut, cell: (one) => percent(one.opted_out, one.left), figure: true },
];

interface Props {
  campaign: Campaign;
  counts: readonly OutcomeCount[];
}

export function Variants({ campaign, counts }: Props) {
  const rows = campaign.variants.map((one, id) => ({ ...one, ...resultOf(counts, id), id }));
  return (
    <section className={css.section} aria-labelledby="variants">
      <h3 id="variants">{words.results}</h3>
      <Table rows={rows} columns={COLUMNS} />
    </section>
  );
}

type OfNumber = CampaignNumber & Row & { label: string };

const figure = (count: number | undefined): string => (count ?? 0).toLocaleString();
const NUMBER_COLUMNS: Column<OfNumber>[] = [
  { title: words.numberColumns.from, cell: (one) => one.label },
  { title: words.numberColumns.recipients, cell: (one) => figure(one.recipients), figure: true },
  { title: words.numberColumns.handedOver, cell: (one) => figure(one.queued), figure: true },
  { title: words.numberColumns.refused, cell: (one) => figure(one.refused), figure: true },
  { title: words.numberColumns.parts, cell: (one) => figure(one.parts), figure: true },
];

/** Where there are several. */
export function Numbers({ campaign }: { campaign: Campaign }) {
  const { numbers } = useKnown();
  if (campaign.numbers.length < 2) return null;
  const rows = campaign.numbers.map((one) => ({
    ...one,
    id: one.number_id,
    label: numbers.find(({ value }) => value === String(one.number_id))?.label ?? String(one.number_id),
  }));
  return (
    <section className={css.section} aria-labelledby="numbers">
      <h3 id="numbers">{words.numbers}</h3>
      <Table rows={rows} columns={NUMBER_COLUMNS} />
    </section>
  );
}
