/** Search: what was said, contacts, conversations by number; narrowed by filters. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../elements/button";
import { Empty } from "../elements/empty";
import { Icon } from "../elements/icon";
import { useApp, useWords } from "../elements/use";
import { isAsking, type Search } from "../state/search";
import { Filters } from "./filters";
import { HitLine } from "./hit";
import { useSearch, type Results } from "./use-search";

export function SearchScreen({ search, onMenu }: { readonly search: Search; readonly onMenu: () => void }) {
  const { t } = useWords();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useTyped(search);
  useEffect(() => input.current?.focus(), []);
  const asked = { ...search, q: typed };
  const results = useSearch(asked);

  return (
    <main class="search" id="main" tabIndex={-1}>
      <header class="search__head">
        <Button class="only-folded" look="quiet" icon="menu" label={t("menu")} onPress={onMenu} />
        <form class="search__box" role="search" onSubmit={(event) => event.preventDefault()}>
          <Icon name="search" />
          <input
            ref={input}
            type="search"
            class="search__input"
            dir="auto"
            value={typed}
            placeholder={t("search.hint")}
            aria-label={t("search")}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setTyped(event.currentTarget.value)}
          />
        </form>
        <Filters search={asked} />
      </header>
      <Found search={asked} results={results} />
    </main>
  );
}

/** The address follows the typing when that pauses, and never the other way round. */
const PAUSE_MS = 400;

function useTyped(search: Search): [string, (typed: string) => void] {
  const app = useApp();
  const [typed, setTyped] = useState(search.q);
  const told = useRef(search.q);
  useEffect(() => {
    if (search.q === told.current) return;
    told.current = search.q;
    setTyped(search.q);
  }, [search.q]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      app.go({ place: "search", q: typed, filters: search.filters }, "replace");
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, search.filters]);
  return [typed, setTyped];
}

function Found({ search, results }: { readonly search: Search; readonly results: Results }) {
  const { t } = useWords();
  const { phase, hits, next } = results;
  if (!isAsking(search)) return <Empty icon="search" title={t("search.begin")} text={t("search.begin.text")} />;
  if (phase === "failed") {
    return (
      <Empty icon="warning" title={t("list.failed")}>
        <Button onPress={results.again}>{t("retry")}</Button>
      </Empty>
    );
  }
  const isOver = phase === "ready" && next === null;
  return (
    <div class="search__found" onScroll={(event) => isNearEnd(event.currentTarget) && results.more()}>
      <p class="hidden" role="status">
        {phase === "ready" ? t("search.count", { count: hits.length }) : t("loading")}
      </p>
      {isOver && hits.length === 0 && <Empty icon="search" title={t("search.none", { q: search.q })} text={t("search.none.text")} />}
      <ol class={phase === "loading" && next === null ? "hits hits--old" : "hits"}>
        {hits.map((hit) => (
          <li key={`${hit.kind} ${hit.message?.id ?? hit.contact?.id ?? hit.conversation?.id}`}>
            <HitLine hit={hit} />
          </li>
        ))}
      </ol>
      {phase === "loading" && <p class="loading">{t("loading")}</p>}
      {phase === "ready" && next !== null && (
        <p class="search__more">
          <Button onPress={results.more}>{t("search.more")}</Button>
        </p>
      )}
    </div>
  );
}

const NEAR_END_PX = 600;

function isNearEnd({ scrollTop, scrollHeight, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
}
