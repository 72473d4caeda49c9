/** A file on its way to be an audience: dropped or chosen; then its own page asks what its columns are. */
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { uploadList } from "../../api/audience-calls";
import type { Audience } from "../../api/schema.gen";
import { DropFile } from "../../blocks/DropFile";
import { LoadingFace } from "../../blocks/Faces";
import { FailedNotice } from "../../blocks/Small";
import { useRowNavigation, useRows } from "../../settings/useRows";
import { importWords as words } from "../../words/audiences";
import css from "../outreach.module.css";
import { PAGE, WITH_ARCHIVED } from "./AudiencesPage";
import { nameFor } from "./names";

const ACCEPT = ".csv,.tsv,.txt,text/csv,text/plain,text/tab-separated-values";
/** Beside the page itself (ui/public), so that every installed server has it. */
const SAMPLE = "/spring-customers.csv";

export function Upload({ name }: { name: string }) {
  const [sending, setSending] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const taken = (useRows<Audience>(PAGE, { also: WITH_ARCHIVED }).data ?? []).map((one) => one.name);
  const queries = useQueryClient();
  const go = useRowNavigation(PAGE, "outreach");
  const take = async (file: File) => {
    setError(null);
    setSending(file.name);
    try {
      const list = await uploadList(name.trim() || nameFor(file.name, taken), file);
      await queries.invalidateQueries({ queryKey: ["settings", PAGE] });
      go.open(list.id);
    } catch (problem) {
      setError(problem);
      setSending(null);
    }
  };
  if (sending !== null) return <LoadingFace lines={3} label={words.uploading(sending)} />;
  return (
    <>
      <DropFile label={words.drop} hint={words.dropHint} accept={ACCEPT} onFile={(file) => void take(file)} />
      <p className={css.hint}>
        {words.sampleBefore}{" "}
        <a href={SAMPLE} download>
          {words.sample}
        </a>
        {words.sampleAfter}
      </p>
      <FailedNotice what={words.uploadFailed} error={error} />
    </>
  );
}
