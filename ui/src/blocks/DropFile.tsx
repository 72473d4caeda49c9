/** Takes one file: dropped on it, or chosen. */
import { type DragEvent, useId, useState } from "react";
import css from "./drop.module.css";
import { Icon } from "./Icon";

interface Props {
  label: string;
  hint: string;
  /** What the file chooser offers, such as ".csv,text/csv". */
  accept: string;
  onFile: (file: File) => void;
}

export function DropFile({ label, hint, accept, onFile }: Props) {
  const hintId = useId();
  const [over, setOver] = useState(false);
  const take = (files: FileList | null) => {
    const file = files?.[0];
    if (file) onFile(file);
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files);
  };
  const hover = (event: DragEvent) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setOver(true);
  };
  return (
    <label
      className={css.drop}
      data-over={over}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <input
        type="file"
        className="ab-visually-hidden"
        accept={accept}
        aria-describedby={hintId}
        onChange={(event) => {
          take(event.currentTarget.files);
          event.currentTarget.value = ""; // so that the same file can be taken again once it was mended
        }}
      />
      <Icon name="plus" size={20} />
      <span>{label}</span>
      <small id={hintId}>{hint}</small>
    </label>
  );
}
