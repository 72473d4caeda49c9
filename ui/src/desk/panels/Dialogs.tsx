/** The dialogs of the open conversation; their code is fetched when first wanted. */
import { lazy, Suspense, useEffect } from "react";
import type { ConversationView } from "../../api/types";
import { useStore } from "../../live/store";
import { dialog, openDialog } from "../moves";

const WhyDialog = lazy(() => import("./WhyDialog"));
const CallDialog = lazy(() => import("./CallDialog"));
const TransferDialog = lazy(() => import("./TransferDialog"));

export function Dialogs({ conversation }: { conversation: ConversationView }) {
  const name = useStore(dialog, (value) => value);
  useEffect(() => () => openDialog(null), []);
  const close = () => openDialog(null);
  return (
    <Suspense fallback={null}>
      {name === "why" && <WhyDialog conversation={conversation} onClose={close} />}
      {name === "call" && <CallDialog conversation={conversation} onClose={close} />}
      {name === "transfer" && <TransferDialog conversation={conversation} onClose={close} />}
    </Suspense>
  );
}
