/** The middle of the desk while no conversation is open: for administrators of a new centre, its first steps. */
import { lazy, Suspense } from "react";
import { EmptyFace } from "../blocks/Faces";
import { useLive } from "../live/useLive";
import { desk as words } from "../words/desk";

const FirstSteps = lazy(() => import("./FirstSteps"));

export function NothingOpen() {
  const administrator = useLive((live) => live.me.role === "administrator");
  const choose = (
    <EmptyFace icon="desk" title={words.choose}>
      {words.chooseHint} {words.chooseHintWide}
    </EmptyFace>
  );
  if (!administrator) return choose;
  return (
    <Suspense fallback={choose}>
      <FirstSteps otherwise={choose} />
    </Suspense>
  );
}
