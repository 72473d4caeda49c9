/** API tokens: made once, shown once, revoked at once. */
import { Button } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { removeRow } from "../api/settings-calls";
import type { ApiToken, User } from "../api/settings-types";
import { Ask } from "../blocks/Ask";
import type { Column } from "../blocks/Rows";
import { Notice } from "../blocks/Small";
import { Ago } from "../blocks/Times";
import { say } from "../blocks/toasts";
import { settings, tokenWords as words } from "../words/settings";
import { CopyLine } from "./CopyLine";
import type { Field } from "./fields";
import { ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import { useRowNavigation, useRows } from "./useRows";

const FIELDS: readonly Field[] = [
  { name: "name", label: words.name, hint: words.nameHint, kind: "text", required: true },
  {
    name: "scopes",
    label: words.scopes,
    hint: words.allScopes,
    kind: "checks",
    options: Object.entries(words.scopeNames).map(([value, label]) => ({ value, label })),
  },
];

export function TokensPage({ rowId }: { rowId: string | null }) {
  const rows = useRows<ApiToken>("tokens");
  const users = useRows<User>("users");
  const go = useRowNavigation("tokens");
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const queries = useQueryClient();
  const revoke = async (token: ApiToken) => {
    await removeRow("tokens", token.id);
    await queries.invalidateQueries({ queryKey: ["settings", "tokens"] });
    say(words.revoked);
  };
  const columns: Column<ApiToken>[] = [
    { title: words.name, cell: (one) => one.name },
    {
      title: settings.pages.users ?? "",
      cell: (one) => users.data?.find((user) => user.id === one.user_id)?.name,
    },
    {
      title: words.scopes,
      cell: (one) =>
        one.scopes.map((scope) => words.scopeNames[scope] ?? scope).join(", ") || words.allScopes,
    },
    { title: words.created, cell: (one) => <Ago at={one.created_at} /> },
    { title: words.used, cell: (one) => (one.used_at ? <Ago at={one.used_at} /> : settings.none) },
    {
      title: "",
      cell: (one) => (
        <Button size="compact-sm" variant="default" onClick={() => setRevoking(one)}>
          {words.revoke}
        </Button>
      ),
    },
  ];
  return (
    <ListPage page="tokens" rows={rows} columns={columns}>
      {rowId === "new" && (
        <RowForm<ApiToken>
          resource="tokens"
          title={settings.add.tokens ?? ""}
          fields={FIELDS}
          row={null}
          onClose={go.close}
          once={(made) => (
            <>
              <Notice tone="warn" icon="warn">
                {words.once}
              </Notice>
              <CopyLine label={made.name} text={made.token ?? ""} />
            </>
          )}
        />
      )}
      {revoking && (
        <Ask
          title={words.revokeAsk(revoking.name)}
          act={words.revoke}
          failed={settings.removeFailed}
          onYes={() => revoke(revoking)}
          onClose={() => setRevoking(null)}
        >
          {words.revokeHint}
        </Ask>
      )}
    </ListPage>
  );
}
