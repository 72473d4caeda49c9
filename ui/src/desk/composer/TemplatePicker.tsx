/** The approved templates, found by typing; each with how it begins in the customer's language. */
import { Modal } from "@mantine/core";
import { useState } from "react";
import type { MessageTemplate, TemplateVersion } from "../../api/schema.gen";
import { EmptyFace, ErrorFace, LoadingFace } from "../../blocks/Faces";
import { FindList } from "../../blocks/FindList";
import { useKeys } from "../../keys/keys";
import { useRows } from "../../settings/useRows";
import { templatePicker as words } from "../../words/outreach";

interface Props {
  /** The words of a version as this customer would get them. */
  write: (version: TemplateVersion) => string;
  onChoose: (version: TemplateVersion) => void;
  /** Pressed twice, the key is meant as the sign it writes. */
  onSign: () => void;
  onClose: () => void;
}

export default function TemplatePicker({ write, onChoose, onSign, onClose }: Props) {
  useKeys({}, { modal: true });
  return (
    <Modal opened onClose={onClose} title={words.title} size="md" returnFocus={false}>
      <Choices write={write} onChoose={onChoose} onSign={onSign} />
    </Modal>
  );
}

function Choices({ write, onChoose, onSign }: Omit<Props, "onClose">) {
  const templates = useRows<MessageTemplate>("message-templates");
  const [typed, setTyped] = useState("");
  if (templates.isPending) return <LoadingFace lines={4} />;
  if (templates.isError) {
    const retry = () => void templates.refetch();
    return <ErrorFace title={words.failed} error={templates.error} onRetry={retry} />;
  }
  const usable = templates.data
    .flatMap(({ id, name, archived, approved }) => (approved && !archived ? [{ id, name, approved }] : []))
    .sort((a, b) => a.name.localeCompare(b.name));
  if (usable.length === 0) {
    return (
      <EmptyFace icon="note" title={words.empty}>
        {words.emptyHint}
      </EmptyFace>
    );
  }
  const found = usable.filter((one) => one.name.toLowerCase().includes(typed.trim().toLowerCase()));
  return (
    <FindList
      autoFocus
      label={words.search}
      typed={typed}
      onTyped={setTyped}
      rows={found.map(({ id, name, approved }) => ({ id, label: name, detail: write(approved) }))}
      onChoose={(id) => {
        const one = usable.find((template) => template.id === id);
        if (one) onChoose(one.approved);
      }}
      onKeyDown={(event) => {
        if (event.key !== "#" || typed !== "") return;
        event.preventDefault();
        onSign();
      }}
    >
      <p>{words.nothing}</p>
    </FindList>
  );
}
