/** API tokens: made once, shown once, revoked at once. */
import { Button, Modal } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { removeRow } from "../api/settings-calls";
import type { ApiToken, User } from "../api/settings-types";
import { Notice } from "../blocks/Small";
import { Ago } from "../blocks/Times";
import { say, sayFailed } from "../blocks/toasts";
import { useKeys } from "../keys/keys";
import { common } from "../words/common";
import { settings, tokenWords as words } from "../words/settings";
import { CopyLine } from "./CopyLine";
import type { Field } from "./fields";
import { type Column, ListPage } from "./ListPage";
import { RowForm } from "./RowForm";
import css from "./settings.module.css";
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
  const [made, setMade] = useState<ApiToken | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
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
          onSaved={setMade}
        />
      )}
      {made && (
        <Modal opened onClose={() => setMade(null)} title={made.name} size="lg">
          <Notice tone="warn" icon="warn">
            {words.once}
          </Notice>
          <CopyLine label={made.name} text={made.token ?? ""} />
        </Modal>
      )}
      {revoking && <Revoke token={revoking} onClose={() => setRevoking(null)} />}
    </ListPage>
  );
}

function Revoke({ token, onClose }: { token: ApiToken; onClose: () => void }) {
  useKeys({}, { modal: true });
  const [busy, setBusy] = useState(false);
  const queries = useQueryClient();
  const revoke = async () => {
    setBusy(true);
    try {
      await removeRow("tokens", token.id);
      await queries.invalidateQueries({ queryKey: ["settings", "tokens"] });
      say(words.revoked);
      onClose();
    } catch (error) {
      sayFailed(settings.removeFailed, error);
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={words.revokeAsk(token.name)}>
      <p>{words.revokeHint}</p>
      <footer className={css.formFoot}>
        <Button className={css.push} variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button color="red" loading={busy} onClick={() => void revoke()}>
          {words.revoke}
        </Button>
      </footer>
    </Modal>
  );
}
