/** The calls of one webhook: what was answered, a test call, and making one again. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { renewWebhookSecret, repeatDelivery, testWebhook, webhookDeliveries } from "../api/settings-calls";
import type { WebhookCall, WebhookOut } from "../api/settings-types";
import { ErrorFace, LoadingFace } from "../blocks/Faces";
import rows from "../blocks/rows.module.css";
import { Tag } from "../blocks/Small";
import { Ago } from "../blocks/Times";
import { sayFailed } from "../blocks/toasts";
import { webhookWords as words } from "../words/webhooks";
import css from "./settings.module.css";

const LOOK_AGAIN_MS = 2_000;
const TONES = { waiting: "warn", taken: "good", failed: "bad" } as const;
const ICONS = { waiting: "clock", taken: "check", failed: "warn" } as const;

interface Props {
  subscription: WebhookOut;
  onSecret: (secret: string) => void;
}

export function WebhookCalls({ subscription, onSecret }: Props) {
  const { id } = subscription;
  const calls = useQuery({
    queryKey: ["webhook-calls", id],
    queryFn: () => webhookDeliveries(id),
    refetchInterval: LOOK_AGAIN_MS,
  });
  const act = async (what: () => Promise<unknown>, failed: string) => {
    try {
      await what();
      await calls.refetch();
    } catch (error) {
      sayFailed(failed, error);
    }
  };
  const renew = () =>
    void act(async () => onSecret((await renewWebhookSecret(id)).secret), words.renewFailed);
  const test = () => void act(() => testWebhook(id), words.testFailed);
  const again = (call: WebhookCall) => void act(() => repeatDelivery(id, call.id), words.againFailed);
  return (
    <section className={css.connect} aria-label={words.calls}>
      <div>
        <Button variant="default" onClick={test}>
          {words.test}
        </Button>{" "}
        <Button variant="subtle" onClick={renew} title={words.renewHint}>
          {words.renew}
        </Button>
      </div>
      {calls.isPending ? (
        <LoadingFace lines={2} />
      ) : calls.isError ? (
        <ErrorFace title={words.callsFailed} error={calls.error} onRetry={() => void calls.refetch()} />
      ) : calls.data.length === 0 ? (
        <p>{words.noCalls}</p>
      ) : (
        <CallTable calls={calls.data} onAgain={again} />
      )}
    </section>
  );
}

function CallTable({ calls, onAgain }: { calls: WebhookCall[]; onAgain: (call: WebhookCall) => void }) {
  return (
    <div className={rows.tableBox}>
      <table className={rows.table}>
        <tbody>
          {calls.map((call) => (
            <tr key={call.id}>
              <td>{call.type}</td>
              <td>
                <Ago at={call.happened_at} />
              </td>
              <td>
                <Tag tone={TONES[call.state]} icon={ICONS[call.state]}>
                  {words.states[call.state]}
                </Tag>
              </td>
              <td>
                {call.last_problem || (call.last_status ?? "")} {call.tries > 1 && words.made(call.tries)}
              </td>
              <td>
                {call.state !== "waiting" && (
                  <Button size="compact-sm" variant="default" onClick={() => onAgain(call)}>
                    {words.again}
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
