/** Every shortcut on one page. */
import { Modal } from "@mantine/core";
import { Kbd } from "../blocks/Small";
import { MOD, useKeys } from "../keys/keys";
import { keyHelp as words } from "../words/shell";
import css from "./overlay.module.css";

export default function KeyHelp({ onClose }: { onClose: () => void }) {
  useKeys({}, { modal: true });
  return (
    <Modal opened onClose={onClose} title={words.title} size="lg">
      <div className={css.help}>
        {words.groups.map((group) => (
          <section key={group.title}>
            <h3>{group.title}</h3>
            <dl>
              {group.keys.map(([keys, what]) => (
                <div key={what}>
                  <dt>
                    <span className="ab-visually-hidden">{keys}</span>
                    {keys
                      .split(" ")
                      .map((key) =>
                        key === "then" ? ` ${key} ` : <Kbd key={key}>{key === "mod" ? MOD : key}</Kbd>,
                      )}
                  </dt>
                  <dd>{what}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  );
}
