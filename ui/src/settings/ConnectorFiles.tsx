/** The files of the Power Automate connector, with this centre's address in them. */
import { Button } from "@mantine/core";
import { webhookWords as words } from "../words/webhooks";
import css from "./settings.module.css";

export function ConnectorFiles() {
  return (
    <section className={css.below} aria-labelledby="connector">
      <h3 id="connector">{words.connector}</h3>
      <p>{words.connectorAbout}</p>
      <div className={css.files}>
        {Object.entries(words.connectorFiles).map(([file, label]) => (
          <Button
            key={file}
            component="a"
            href={`/api/v1/connector/${file}`}
            download={file}
            variant="default"
          >
            {label}
          </Button>
        ))}
      </div>
    </section>
  );
}
