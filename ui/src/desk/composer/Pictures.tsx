/** Pictures for the next text: by button, paste or drag; uploaded at once, listed with a way to remove them. */
import { ActionIcon, Loader } from "@mantine/core";
import { type ClipboardEvent, type DragEvent, useRef, useState } from "react";
import { mediaUrl, uploadMedia } from "../../api/calls";
import type { MediaView } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { say, sayFailed } from "../../blocks/toasts";
import { composer as words } from "../../words/desk";
import css from "./composer.module.css";
import { draftOf, setDraft } from "./drafts";

const LARGEST = 5 * 1024 * 1024;

function problemOf(file: File): string | null {
  if (!file.type.startsWith("image/")) return words.notPicture(file.name);
  return file.size > LARGEST ? words.tooLarge(file.name) : null;
}

/** `refusal` is why none can be sent; null: they can. */
export function usePictures(conversationId: number, refusal: string | null) {
  const [uploading, setUploading] = useState(0);
  const [over, setOver] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const take = async (file: File) => {
    const problem = problemOf(file);
    if (problem) return say(problem, undefined, "bad");
    setUploading((count) => count + 1);
    try {
      const media = await uploadMedia(file);
      setDraft(conversationId, { media: [...draftOf(conversationId).media, media] });
    } catch (error) {
      sayFailed(words.uploadFailed, error);
    } finally {
      setUploading((count) => count - 1);
    }
  };
  const takeAll = (files: Iterable<File>) => {
    if (refusal !== null) return say(refusal, undefined, "bad");
    for (const file of files) void take(file);
  };
  const onPaste = (event: ClipboardEvent) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    takeAll(Array.from(event.clipboardData.files));
  };
  const dropZone = {
    "data-over": over,
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes("Files")) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      takeAll(Array.from(event.dataTransfer.files));
    },
  };
  const choose = () => (refusal === null ? picker.current?.click() : say(refusal, undefined, "bad"));
  const input = (
    <input
      ref={picker}
      type="file"
      hidden
      multiple
      accept="image/jpeg,image/png,image/gif"
      aria-label={words.attach}
      onChange={(event) => {
        takeAll(Array.from(event.currentTarget.files ?? []));
        event.currentTarget.value = "";
      }}
    />
  );
  return { uploading, onPaste, dropZone, input, choose };
}

interface Props {
  conversationId: number;
  media: MediaView[];
  uploading: number;
}

export function Pictures({ conversationId, media, uploading }: Props) {
  if (media.length === 0 && uploading === 0) return null;
  const remove = (id: number) => setDraft(conversationId, { media: media.filter((one) => one.id !== id) });
  return (
    <ul className={css.pictures}>
      {media.map((one) => (
        <li key={one.id}>
          <img src={mediaUrl(one.id)} alt={one.file_name ?? ""} />
          <ActionIcon
            size="xs"
            radius="xl"
            variant="filled"
            color="dark"
            aria-label={words.removePicture(one.file_name ?? "")}
            onClick={() => remove(one.id)}
          >
            <Icon name="close" size={10} />
          </ActionIcon>
        </li>
      ))}
      {Array.from({ length: uploading }, (_, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: uploads under way are only counted
        <li key={place} className={css.uploading} role="status" aria-label={words.uploading}>
          <Loader size="sm" />
        </li>
      ))}
    </ul>
  );
}
