/** Starts a flow for every contact with a tag, after saying how many there are, or for an audience. */
import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useRef, useState } from "react";
import { beginFlowForMany, countTagged, listReadyAudiences } from "../api/flow-calls";
import { freshKey } from "../api/key";
import type { Flow } from "../api/schema.gen";
import { say, sayFailed } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import { startWords as words } from "../words/start-flow";
import { timedWords } from "../words/timed-flows";
import css from "./flows.module.css";

const PAUSE_MS = 300;

interface Props {
  flow: Flow;
  onClose: () => void;
}

export function StartForMany({ flow, onClose }: Props) {
  useKeys({}, { modal: true });
  const queries = useQueryClient();
  const key = useRef(freshKey());
  const [written, setWritten] = useState("");
  const [audienceId, setAudienceId] = useState("");
  const [busy, setBusy] = useState(false);
  const audiences = useQuery({ queryKey: ["flows", "audiences"], queryFn: listReadyAudiences });
  const audience = audiences.data?.find((one) => String(one.id) === audienceId);
  const tag = written.trim();
  const [asked] = useDebouncedValue(tag, PAUSE_MS);
  const reach = useQuery({
    queryKey: ["flows", "tagged", asked],
    queryFn: () => countTagged(asked),
    enabled: asked !== "",
  });
  const count = asked === tag ? reach.data : undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!audience && !count) return;
    setBusy(true);
    try {
      await beginFlowForMany(flow.id, audience ? { audience_id: audience.id } : { tag }, key.current);
      await queries.invalidateQueries({ queryKey: ["flow", flow.id] });
      say(
        audience
          ? words.startedForAudience(flow.name, audience.name)
          : words.startedForTag(flow.name, count ?? 0),
      );
      onClose();
    } catch (error) {
      sayFailed(words.failed, error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={words.tagTitle(flow.name)} size="sm">
      <form className={css.form} onSubmit={(event) => void submit(event)}>
        <NativeSelect
          label={timedWords.whom}
          data={[
            { value: "", label: timedWords.byTag },
            ...(audiences.data ?? []).map((one) => ({
              value: String(one.id),
              label: timedWords.audience(one.name),
            })),
          ]}
          value={audienceId}
          onChange={(event) => setAudienceId(event.currentTarget.value)}
        />
        {!audience && (
          <TextInput
            data-autofocus
            label={words.tag}
            maxLength={60}
            value={written}
            error={reach.isError ? words.countFailed : undefined}
            onChange={(event) => setWritten(event.currentTarget.value)}
          />
        )}
        <p className={css.hint} role="status">
          {audience ? words.audienceHint : count === undefined ? words.tagHint : words.reached(count)}
        </p>
        <footer className={css.foot}>
          <Button variant="default" onClick={onClose}>
            {common.cancel}
          </Button>
          <Button type="submit" loading={busy} disabled={!audience && !count}>
            {words.start}
          </Button>
        </footer>
      </form>
    </Modal>
  );
}
