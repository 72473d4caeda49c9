/** A new audience: its name, and where its people come from. */
import { TextInput } from "@mantine/core";
import { useState } from "react";
import { PageHead } from "../../blocks/Rows";
import { Tabs } from "../../blocks/Tabs";
import { audienceWords as words } from "../../words/audiences";
import css from "../outreach.module.css";
import { PAGE } from "./AudiencesPage";
import { FilterForm } from "./FilterForm";
import { Upload } from "./Upload";

type Way = keyof typeof words.ways;

export function NewAudience() {
  const [way, setWay] = useState<Way>("list");
  const [name, setName] = useState("");
  return (
    <>
      <PageHead title={words.add} back={{ to: `/outreach/${PAGE}`, label: words.title }} />
      <div className={css.form}>
        <TextInput
          label={words.name}
          placeholder={words.namePlaceholder}
          description={way === "list" ? words.nameHint : undefined}
          maxLength={200}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className={css.bar}>
          <Tabs label={words.waysNav} all={words.ways} open={way} onOpen={setWay} />
        </div>
        {way === "list" ? <Upload name={name} /> : <FilterForm name={name} />}
      </div>
    </>
  );
}
