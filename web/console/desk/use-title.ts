/** The page's title: where one is, and how many call for the agent who looks elsewhere. */

import { useEffect } from "preact/hooks";
import { formatNumber } from "../../shared/digits";
import { useSelect, useWords } from "../elements/use";
import { useCalm } from "../elements/use-calm";
import { sayOr } from "../locales/words";
import { calling } from "../state/calling";
import { useViewTitle } from "./view-names";

export function useTitle(): void {
  const { t, locale } = useWords();
  const count = useCalm(calling, 400);
  const route = useSelect((state) => state.route);
  const viewTitle = useViewTitle();
  const place =
    route.place === "desk"
      ? viewTitle(route.view)
      : route.place === "settings"
        ? sayOr(t, "settings", route.page)
        : t(route.place);
  useEffect(() => {
    const mark = count > 0 ? `(${formatNumber(count, locale)}) ` : "";
    document.title = `${mark}${place} · Peyk`;
  }, [count, place, locale]);
}
