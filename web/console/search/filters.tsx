/** What narrows a search: kind, channel, author, days. */

import type { ComponentChildren } from "preact";
import { Button } from "../elements/button";
import { useApp, useSelect, useWords } from "../elements/use";
import { sayOr } from "../locales/words";
import { filtered, HIT_KINDS, type Search, type SearchFilters } from "../state/search";

export function Filters({ search }: { readonly search: Search }) {
  const app = useApp();
  const { t } = useWords();
  const channels = useSelect((state) => state.channels);
  const agents = useSelect((state) => state.agents);
  const { filters } = search;
  const set = (name: keyof SearchFilters) => (value: string) =>
    app.go({ place: "search", ...filtered(search, name, value) }, "replace");
  return (
    <div class="filters" role="group" aria-label={t("search.filters")}>
      <Kinds search={search} onPick={set("kind")} />
      <Pick label={t("filter.channel")} value={filters.channel} onPick={set("channel")}>
        {channels.map((channel) => (
          <option key={channel} value={channel}>
            {sayOr(t, "channel", channel)}
          </option>
        ))}
      </Pick>
      <Pick label={t("search.author")} value={filters.author} onPick={set("author")}>
        {(["customer", "bot", "agent"] as const).map((author) => (
          <option key={author} value={author}>
            {t(`author.${author}`)}
          </option>
        ))}
        {agents.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </Pick>
      <Day label={t("search.from")} value={filters.from} onPick={set("from")} />
      <Day label={t("search.to")} value={filters.to} onPick={set("to")} />
      {Object.keys(filters).length > 0 && (
        <Button small look="quiet" icon="close" onPress={() => app.go({ place: "search", q: search.q, filters: {} }, "replace")}>
          {t("search.clear")}
        </Button>
      )}
    </div>
  );
}

function Kinds({ search, onPick }: { readonly search: Search; readonly onPick: (kind: string) => void }) {
  const { t } = useWords();
  const { kind = "" } = search.filters;
  return (
    <span class="kinds">
      {(["", ...HIT_KINDS] as const).map((one) => (
        <button key={one} type="button" class="kinds__one" aria-pressed={one === kind} onClick={() => onPick(one)}>
          {t(one === "" ? "search.kind.all" : `search.kind.${one}`)}
        </button>
      ))}
    </span>
  );
}

interface PickProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onPick: (value: string) => void;
}

function Pick({ label, value, onPick, children }: PickProps & { readonly children: ComponentChildren }) {
  return (
    <label class={value ? "filter filter--on" : "filter"}>
      <span class="hidden">{label}</span>
      <select value={value ?? ""} onChange={(event) => onPick(event.currentTarget.value)}>
        <option value="">{label}</option>
        {children}
      </select>
    </label>
  );
}

function Day({ label, value, onPick }: PickProps) {
  return (
    <label class={value ? "filter filter--on" : "filter"}>
      <span>{label}</span>
      <input type="date" value={value ?? ""} onChange={(event) => onPick(event.currentTarget.value)} />
    </label>
  );
}
