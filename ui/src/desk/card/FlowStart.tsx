/** The button that starts a flow for this contact; what it opens is fetched then. */
import { Button } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { useLive } from "../../live/useLive";
import { startWords as words } from "../../words/start-flow";
import css from "./card.module.css";

const StartFlow = lazy(() => import("../../flows/StartFlow"));

export function FlowStart({ contactId }: { contactId: number }) {
  const may = useLive((state) => state.me.permissions.includes("send_outreach"));
  const [open, setOpen] = useState(false);
  if (!may) return null;
  return (
    <div className={css.acts}>
      <Button size="compact-sm" variant="default" onClick={() => setOpen(true)}>
        {words.open}…
      </Button>
      {open && (
        <Suspense fallback={null}>
          <StartFlow contactId={contactId} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
