/** First steps: what a new centre still needs; each line ticks itself when it is true. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { readSetup } from "../api/settings-calls";
import type { SetupItem } from "../api/settings-types";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import { Icon } from "../blocks/Icon";
import { PageHead } from "../blocks/Rows";
import { Notice } from "../blocks/Small";
import { settings, setupWords as words } from "../words/settings";
import own from "./setup.module.css";

/** Asked again every few seconds while it is on screen: the test text may arrive at any moment. */
export const useSetup = (enabled: boolean) =>
  useQuery({ queryKey: ["settings", "setup"], queryFn: readSetup, refetchInterval: 5000, enabled });

export function SetupPage() {
  const setup = useSetup(true);
  if (setup.isPending) return <LoadingFace />;
  if (setup.isError) {
    return <ErrorFace title={settings.readFailed} error={setup.error} onRetry={() => void setup.refetch()} />;
  }
  const { items } = setup.data;
  const done = items.filter((item) => item.done).length;
  const next = items.find((item) => !item.done)?.id;
  return (
    <>
      <PageHead title={words.title} about={words.hint}>
        <div className={own.progress}>
          <span className="ab-tabular">{words.done(done, items.length)}</span>
          <progress value={done} max={items.length} aria-label={words.title} />
        </div>
      </PageHead>
      {done === items.length && (
        <Notice tone="good" icon="check">
          {words.ready}
        </Notice>
      )}
      <ol className={own.setup}>
        {items.map((item) => (
          <Step key={item.id} item={item} next={item.id === next} />
        ))}
      </ol>
    </>
  );
}

function Step({ item, next }: { item: SetupItem; next: boolean }) {
  return (
    <li className={own.step} data-done={item.done} data-next={next}>
      <span className={own.tick}>{item.done && <Icon name="check" />}</span>
      <div>
        <h3>
          {item.title}
          <span className="ab-visually-hidden">, {item.done ? words.isDone : words.toDo}</span>
        </h3>
        <p>{item.hint}</p>
      </div>
      <Button
        component={Link}
        to={item.path}
        variant={next ? "filled" : "default"}
        aria-label={`${words.go}: ${item.title}`}
      >
        {words.go}
      </Button>
    </li>
  );
}
