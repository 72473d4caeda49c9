/** Pictures and files of a message, each with its state; a picture opens large. */
import { UnstyledButton } from "@mantine/core";
import { lazy, Suspense, useState } from "react";
import { mediaUrl } from "../../api/calls";
import type { MediaView } from "../../api/types";
import { Icon } from "../../blocks/Icon";
import { thread as words } from "../../words/thread";
import css from "./thread.module.css";

const Lightbox = lazy(() => import("./Lightbox"));

export function Media({ media }: { media: MediaView[] }) {
  const [open, setOpen] = useState<number | null>(null);
  const pictures = media.filter((one) => one.state === "stored" && one.content_type.startsWith("image/"));
  return (
    <div className={css.media}>
      {media.map((one) => (
        <One key={one.id} media={one} onOpen={() => setOpen(pictures.indexOf(one))} />
      ))}
      {open !== null && (
        <Suspense fallback={null}>
          <Lightbox pictures={pictures} start={open} onClose={() => setOpen(null)} />
        </Suspense>
      )}
    </div>
  );
}

function One({ media, onOpen }: { media: MediaView; onOpen: () => void }) {
  const name = media.file_name ?? words.picture;
  if (media.state === "pending") return <span className={css.missing}>{words.pictureFetching}</span>;
  if (media.state !== "stored") {
    return (
      <span className={css.missing}>
        <Icon name="block" />
        <span>
          {words.pictureFailed}
          {media.problem && <small>{media.problem}</small>}
        </span>
      </span>
    );
  }
  if (!media.content_type.startsWith("image/")) {
    return (
      <a className={css.file} href={mediaUrl(media.id)} target="_blank" rel="noreferrer">
        <Icon name="clip" /> {media.file_name ?? `${words.file} (${media.content_type})`}
      </a>
    );
  }
  return (
    <UnstyledButton className={css.thumb} onClick={onOpen} aria-label={words.pictureOpen(name)}>
      <img src={mediaUrl(media.id)} alt={name} loading="lazy" decoding="async" width={160} height={160} />
    </UnstyledButton>
  );
}
