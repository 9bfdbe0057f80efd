/** Who is signed in: presence, sound, the sheet of shortcuts, the way out. */

import { Button } from "../elements/button";
import { Avatar } from "../elements/person";
import { useApp, useSelect, useWords } from "../elements/use";
import type { Presence } from "../api/shapes";

const PRESENCES: readonly Presence[] = ["online", "away", "offline"];

export function Me() {
  const app = useApp();
  const { t } = useWords();
  const me = useSelect((state) => state.me);
  if (me === null) return null;
  return (
    <div class="me">
      <Avatar name={me.name} seed={me.id} />
      <div class="me__who">
        <bdi class="me__name">{me.name}</bdi>
        <label class="me__presence">
          <span class={`dot dot--${me.presence}`} aria-hidden="true" />
          <span class="hidden">{t("presence")}</span>
          <select
            value={me.presence}
            onChange={(event) => void app.session.setPresence(event.currentTarget.value as Presence)}
          >
            {PRESENCES.map((presence) => (
              <option key={presence} value={presence}>
                {t(`presence.${presence}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Button look="quiet" icon="exit" label={t("signOut")} onPress={() => void app.session.signOut()} />
    </div>
  );
}
