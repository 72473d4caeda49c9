/** A kept webhook word for word; reading it is noted in the event log. */
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { rawWebhook } from "../../api/settings-calls";
import { ErrorFace, LoadingFace } from "../../blocks/Faces";
import { useKeys } from "../../keys/keys";
import { Raw } from "../../trouble/ProviderSaid";
import { accountWords as words } from "../../words/settings";

export function RawWebhook({ id, onClose }: { id: number; onClose: () => void }) {
  useKeys({}, { modal: true });
  const raw = useQuery({ queryKey: ["raw-webhook", id], queryFn: () => rawWebhook(id) });
  return (
    <Modal opened onClose={onClose} title={words.rawTitle} size="lg">
      {raw.isPending ? (
        <LoadingFace lines={3} />
      ) : raw.isError ? (
        <ErrorFace title={words.rawFailed} error={raw.error} onRetry={() => void raw.refetch()} />
      ) : (
        <>
          <Raw
            title={words.rawHeaders}
            head={`${raw.data.method} ${raw.data.address}`.trim()}
            text={Object.entries(raw.data.headers)
              .map(([name, value]) => `${name}: ${value}`)
              .join("\n")}
          />
          <Raw title={words.rawBody} head={raw.data.body} text="" />
        </>
      )}
    </Modal>
  );
}
