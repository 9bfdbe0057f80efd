/** Personal API tokens: for programs that act as this person. */

import { useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Copyable } from "../elements/copyable";
import { Dialog } from "../elements/dialog";
import { Empty } from "../elements/empty";
import { Field, Select } from "../elements/field";
import { Moment, Recent } from "../elements/times";
import { useApp, useWords } from "../elements/use";
import type { Token } from "../api/shapes";
import { Confirm } from "./confirm";
import { PageHead } from "./screen";
import { Failure, Loaded, useItems, useSaving } from "./use-items";

export function Tokens() {
  const app = useApp();
  const { t } = useWords();
  const things = useItems(app.api.tokens);
  const [ending, setEnding] = useState<Token | null>(null);
  const saving = useSaving(() => {
    setEnding(null);
    things.reload();
  });
  const [making, setMaking] = useState(false);
  return (
    <>
      <PageHead title={t("settings.tokens")} text={t("tokens.text")}>
        <Button look="primary" icon="plus" onPress={() => setMaking(true)}>
          {t("tokens.add")}
        </Button>
      </PageHead>
      <Loaded things={things} empty={<Empty icon="token" title={t("tokens.none")} text={t("tokens.none.text")} />}>
        {(tokens) => (
          <ul class="cards">
            {tokens.map((token) => (
              <li key={token.id} class="card">
                <div class="card__main">
                  <h2>
                    <bdi>{token.name}</bdi>
                  </h2>
                  <p class="muted">
                    {t("tokens.made")} <Moment at={token.created_at} /> ·{" "}
                    {token.last_used_at ? (
                      <>
                        {t("tokens.used")} <Recent at={token.last_used_at} />
                      </>
                    ) : (
                      t("tokens.unused")
                    )}
                    {token.expires_at && (
                      <>
                        {" · "}
                        {t("tokens.expires")} <Moment at={token.expires_at} />
                      </>
                    )}
                  </p>
                </div>
                <Button
                  look="quiet"
                  icon="trash"
                  label={t("delete.name", { name: token.name })}
                  onPress={() => setEnding(token)}
                />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {ending && (
        <Confirm
          title={t("delete.name", { name: ending.name })}
          text={t("tokens.delete")}
          busy={saving.busy}
          onClose={() => setEnding(null)}
          onYes={() => saving.save(() => app.api.removeToken(ending.id))}
        />
      )}
      {making && (
        <TokenDialog
          onClose={() => {
            setMaking(false);
            things.reload();
          }}
        />
      )}
    </>
  );
}

/** The token itself is shown once, and never again. */
function TokenDialog({ onClose }: { readonly onClose: () => void }) {
  const app = useApp();
  const { t } = useWords();
  const [name, setName] = useState("");
  const [days, setDays] = useState("90");
  const [made, setMade] = useState<Token | null>(null);
  const saving = useSaving(() => undefined);
  const save = (): void =>
    saving.save(async () => setMade(await app.api.makeToken(app.newKey(), { name: name.trim(), ...endOf(days, app.now()) })));
  if (made?.token !== undefined) {
    return (
      <Dialog title={t("tokens.ready")} onClose={onClose}>
        <p class="box box--plain">{t("tokens.once")}</p>
        <Copyable label={made.name} text={made.token} />
      </Dialog>
    );
  }
  return (
    <Dialog title={t("tokens.add")} submit={t("tokens.make")} busy={saving.busy} onClose={onClose} onSubmit={save}>
      <Failure saving={saving} />
      <Field label={t("name")} value={name} onValue={setName} hint={t("tokens.name.hint")} error={saving.wrong("name")} required autofocus />
      <Select
        label={t("tokens.lasts")}
        value={days}
        onValue={setDays}
        error={saving.wrong("expires_at")}
        choices={LASTS.map((each) => ({ value: each, label: each === "" ? t("tokens.lasts.always") : t("tokens.lasts.days", { count: Number(each) }) }))}
      />
    </Dialog>
  );
}

const LASTS = ["7", "30", "90", "365", ""];
const DAY_MS = 86_400_000;

function endOf(days: string, now: number): { readonly expires_at?: string } {
  return days === "" ? {} : { expires_at: new Date(now + Number(days) * DAY_MS).toISOString() };
}
