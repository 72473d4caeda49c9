/** What it comes to before anything leaves: who gets it, who does not and why, parts, price, and when it is done. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { Campaign, PreviewReason, PreviewResult } from "../../../api/schema.gen";
import { ErrorFace, LoadingFace } from "../../../blocks/Faces";
import { Meter } from "../../../blocks/Meter";
import { type Column, type Row, Table } from "../../../blocks/Rows";
import { useLive } from "../../../live/useLive";
import { momentOf } from "../../../time/format";
import { wizardWords as words } from "../../../words/campaign-wizard";
import css from "../../outreach.module.css";
import { priceOf } from "./price";
import { usePreview } from "./usePreview";

const COLUMNS: Column<PreviewReason & Row>[] = [
  { title: words.reasonColumns.reason, cell: (one) => <Why {...one} /> },
  {
    title: words.reasonColumns.result,
    cell: (one) => (one.later ? words.leavesLater : words.isRefused),
    tight: true,
  },
  { title: words.reasonColumns.recipients, cell: (one) => one.recipients.toLocaleString(), figure: true },
];

export function PreviewStep({ campaign }: { campaign: Campaign }) {
  const { preview, error, again } = usePreview(campaign);
  if (error) return <ErrorFace title={words.previewFailed} error={error} onRetry={again} />;
  if (preview?.state === "failed") {
    return <ErrorFace title={words.previewFailed} error={new Error(words.previewBroke)} onRetry={again} />;
  }
  if (!preview?.result || preview.state !== "done") {
    const { reached = 0, total = 0 } = preview ?? {};
    return (
      <div className={css.form}>
        <LoadingFace lines={4} label={words.counting} />
        {total > 0 && (
          <Meter
            label={words.counting}
            total={total}
            shares={[{ key: "reached", label: words.counted(total), count: reached, tone: "accent" }]}
          />
        )}
      </div>
    );
  }
  return <Counted campaign={campaign} found={preview.result} onAgain={again} />;
}

function Why({ reason, sentence, recipients, later }: PreviewReason) {
  const may = useLive((live) => live.me.permissions.includes("manage_settings"));
  return (
    <>
      {later && recipients > 1 ? words.oneOfThem(sentence) : sentence}{" "}
      {reason === "no_consent" && may && (
        <Link to="/settings/$page" params={{ page: "consent" }}>
          {words.takeConsent}
        </Link>
      )}
    </>
  );
}

interface CountedProps {
  campaign: Campaign;
  found: PreviewResult;
  onAgain: () => void;
}

function Counted({ campaign, found, onAgain }: CountedProps) {
  const { texts, later, refused, reasons } = found;
  return (
    <div className={css.form} aria-live="polite">
      <Meter
        label={words.names.preview}
        total={found.recipients}
        shares={[
          { key: "now", label: words.willLeave, count: texts - later, tone: "good" },
          { key: "later", label: words.willWait, count: later, tone: "calm" },
          { key: "refused", label: words.willRefuse, count: refused, tone: "warn" },
        ]}
      />
      <Totals found={found} />
      {found.texts > 0 && priceOf(found) === null && <p className={css.hint}>{words.noPriceHint}</p>}
      <Split campaign={campaign} found={found} />
      <h4>{words.reasons}</h4>
      {reasons.length === 0 ? (
        <p className={css.hint}>{found.recipients === 0 ? words.asReadNobody : words.nobodyRefused}</p>
      ) : (
        <Table rows={reasons.map((one, id) => ({ ...one, id }))} columns={COLUMNS} />
      )}
      <p className={css.hint}>
        {words.asOf}{" "}
        <Button size="compact-xs" variant="default" onClick={onAgain}>
          {words.again}
        </Button>
      </p>
    </div>
  );
}

function Totals({ found }: { found: PreviewResult }) {
  return (
    <dl className={css.totals}>
      <div>
        <dt>{words.parts}</dt>
        <dd>{found.parts.toLocaleString()}</dd>
      </div>
      <div>
        <dt>{words.price}</dt>
        <dd>{priceOf(found) ?? words.noPrice}</dd>
      </div>
      {found.texts > 0 && (
        <div>
          <dt>{words.finish}</dt>
          <dd>{found.finish_at ? momentOf(found.finish_at) : words.noFinish}</dd>
        </div>
      )}
    </dl>
  );
}

/** Which text how many get, where there are several. */
function Split({ campaign, found }: { campaign: Campaign; found: PreviewResult }) {
  if (found.variants.length < 2) return null;
  return (
    <ul className={css.hint}>
      {found.variants.map((one, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a text is its place
        <li key={place}>{words.split(campaign.variants[place]?.name ?? "", one.texts, one.parts)}</li>
      ))}
    </ul>
  );
}
