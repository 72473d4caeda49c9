/** How far a file is read, and what became of its lines so far. */
import type { Audience } from "../../api/schema.gen";
import { Meter } from "../../blocks/Meter";
import { Notice } from "../../blocks/Small";
import { importWords as words } from "../../words/audiences";
import css from "../outreach.module.css";

export function Reading({ audience }: { audience: Audience }) {
  const { state, lines, bytes, bytes_done, members, duplicates, problems } = audience;
  if (state === "failed") {
    return (
      <Notice tone="bad" icon="warn">
        {words.failed}
      </Notice>
    );
  }
  const reading = state === "importing";
  const share = reading && bytes > 0 ? bytes_done / bytes : 1;
  // Lines are known as they are read: the bar's whole is what they will be if the rest is like the beginning.
  const total = lines > 0 && share > 0 ? lines / share : 1;
  return (
    <section aria-label={words.progress}>
      <Meter
        label={words.progress}
        total={total}
        shares={[
          { key: "members", label: words.parts.members, count: members, tone: "good" },
          { key: "duplicates", label: words.parts.duplicates, count: duplicates, tone: "plain" },
          { key: "problems", label: words.parts.problems, count: problems, tone: "bad" },
        ]}
      />
      {reading && (
        <p className={css.hint}>
          {words.reading(lines, share)} {words.leave}
        </p>
      )}
    </section>
  );
}
