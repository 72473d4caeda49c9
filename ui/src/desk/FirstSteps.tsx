/** The set-up list on an administrator's desk, until every line of it is ticked. */
import type { ReactNode } from "react";
import { SetupPage, useSetup } from "../settings/SetupPage";
import css from "./desk.module.css";

export default function FirstSteps({ otherwise }: { otherwise: ReactNode }) {
  const setup = useSetup(true);
  const todo = setup.data?.items.some((item) => !item.done) ?? false;
  if (!todo) return otherwise;
  return (
    <div className={css.firstSteps}>
      <SetupPage />
    </div>
  );
}
