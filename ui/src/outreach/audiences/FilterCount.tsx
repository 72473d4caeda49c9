/** How many contacts a filter finds right now, and the first of them. */
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { previewFilter } from "../../api/audience-calls";
import type { Filter } from "../../api/schema.gen";
import { FailedNotice } from "../../blocks/Small";
import { filterWords as words } from "../../words/audience-filter";
import { phoneOf } from "../../words/common";
import css from "../outreach.module.css";

const WHILE_TYPING_MS = 300;

/** `filter` null: it is not complete yet. */
export function FilterCount({ filter }: { filter: Filter | null }) {
  const [wanted] = useDebouncedValue(filter && JSON.stringify(filter), WHILE_TYPING_MS);
  const found = useQuery({
    queryKey: ["audience-filter", wanted],
    queryFn: ({ signal }) => previewFilter(JSON.parse(wanted ?? "") as Filter, signal),
    enabled: wanted !== null,
    placeholderData: (before) => before,
  });
  if (filter === null) return <p className={css.hint}>{words.incomplete}</p>;
  if (found.isError) return <FailedNotice what={words.countFailed} error={found.error} />;
  return (
    <div aria-live="polite" aria-busy={found.isFetching}>
      <p>
        <b className="ab-tabular">{found.data ? words.count(found.data.members) : words.counting}</b>
      </p>
      {found.data && found.data.sample.length > 0 && (
        <p className={css.hint}>
          {words.sample}: {found.data.sample.map((one) => phoneOf(one.phone)).join(" · ")}
        </p>
      )}
    </div>
  );
}
