/** Pictures large, one after another with the arrow keys. */
import { Modal } from "@mantine/core";
import { useState } from "react";
import { mediaUrl } from "../../api/calls";
import type { MediaView } from "../../api/types";
import { useKeys } from "../../keys/keys";
import { thread as words } from "../../words/thread";
import css from "./thread.module.css";

interface Props {
  pictures: MediaView[];
  start: number;
  onClose: () => void;
}

export default function Lightbox({ pictures, start, onClose }: Props) {
  const [place, setPlace] = useState(start);
  const step = (by: number) => () => setPlace((now) => (now + by + pictures.length) % pictures.length);
  useKeys({ ArrowRight: step(1), ArrowLeft: step(-1) }, { modal: true });
  const picture = pictures[place];
  if (!picture) return null;
  const title = `${picture.file_name ?? words.picture}${pictures.length > 1 ? ` (${place + 1}/${pictures.length})` : ""}`;
  return (
    <Modal opened onClose={onClose} size="auto" title={title}>
      <img className={css.large} src={mediaUrl(picture.id)} alt={picture.file_name ?? words.picture} />
    </Modal>
  );
}
