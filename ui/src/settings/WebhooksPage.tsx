/** Webhooks out: which other systems are told of what, and what they answered. */
import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { webhookTypes } from "../api/settings-calls";
import type { WebhookOut } from "../api/settings-types";
import type { Column } from "../blocks/Rows";
import { Notice, Tag } from "../blocks/Small";
import { settings } from "../words/settings";
import { webhookWords as words } from "../words/webhooks";
import { ConnectorFiles } from "./ConnectorFiles";
import { CopyLine } from "./CopyLine";
import type { Field } from "./fields";
import { ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import { rowOf, useRowNavigation, useRows } from "./useRows";
import { WebhookCalls } from "./WebhookCalls";

function fieldsOf(types: readonly { type: string; title: string }[]): Field[] {
  return [
    { name: "url", label: words.url, hint: words.urlHint, kind: "url", required: true },
    { name: "description", label: words.description, kind: "text" },
    {
      name: "types",
      label: words.types,
      kind: "checks",
      options: types.map(({ type, title }) => ({ value: type, label: `${title} (${type})` })),
    },
    { name: "active", label: settings.active, kind: "switch", initial: true },
  ];
}

export function WebhooksPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<WebhookOut>("webhook-subscriptions");
  const types = useQuery({ queryKey: ["webhook-types"], queryFn: webhookTypes });
  const go = useRowNavigation("webhook-subscriptions");
  const [secret, setSecret] = useState<string | null>(null);
  const row = rowOf(rows.data, rowId);
  const columns: Column<WebhookOut>[] = [
    { title: words.url, cell: (one) => one.url },
    { title: words.description, cell: (one) => one.description },
    { title: words.types, cell: (one) => one.types.join(", ") },
    { title: words.state, cell: (one) => <State of={one} /> },
  ];
  return (
    <>
      <div>
        <ListPage page="webhook-subscriptions" rows={rows} columns={columns} nameOf={(one) => one.url}>
          {row !== undefined && types.data && (
            <RowForm<WebhookOut>
              key={rowId}
              resource="webhook-subscriptions"
              title={row?.url ?? settings.add["webhook-subscriptions"] ?? ""}
              fields={fieldsOf(types.data)}
              row={row}
              onClose={go.close}
              once={(made) => <Secret secret={made.secret ?? ""} />}
            >
              {row && <WebhookCalls subscription={row} onSecret={setSecret} />}
            </RowForm>
          )}
          {secret !== null && (
            <Modal opened onClose={() => setSecret(null)} title={words.secret} size="lg">
              <Secret secret={secret} />
            </Modal>
          )}
        </ListPage>
      </div>
      <ConnectorFiles />
    </>
  );
}

function State({ of }: { of: WebhookOut }) {
  if (!of.active) return <Tag>{of.off_reason || settings.inactive}</Tag>;
  if (of.failing_since) {
    return (
      <Tag tone="bad" icon="warn">
        {words.failing}, {words.waiting(of.waiting)}
      </Tag>
    );
  }
  return (
    <Tag tone="good" icon="check">
      {settings.active}
    </Tag>
  );
}

function Secret({ secret }: { secret: string }) {
  return (
    <>
      <Notice tone="warn" icon="warn">
        {words.secretOnce}
      </Notice>
      <CopyLine label={words.secret} text={secret} />
    </>
  );
}
