/** Settings: a page per noun, listed at the left. */
import { EmptyFace } from "../blocks/Faces";
import { PagedPlace } from "../blocks/PagedPlace";
import { useLive } from "../live/useLive";
import { settings as words } from "../words/settings";

export function SettingsScreen() {
  const administrator = useLive((live) => live.me.role === "administrator");
  if (!administrator) {
    return (
      <EmptyFace icon="block" title={words.onlyAdministrators}>
        {words.onlyAdministratorsHint}
      </EmptyFace>
    );
  }
  return <PagedPlace place="settings" title={words.title} label={words.nav} pages={words.pages} />;
}
