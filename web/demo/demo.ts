import { translator } from "../shared/catalogue";
import { formatNumber } from "../shared/digits";
import { type Locale, matchLocale } from "../shared/locale";
import type { DemoWord } from "./locales/en";
import { TEXTS } from "./texts";
import "./demo.css";

const CURRENCY: Intl.NumberFormatOptions = {
  style: "currency",
  currency: "EUR",
  maximumFractionDigits: 0,
};

const locale: Locale = matchLocale([document.documentElement.lang]) ?? "en";
const t = translator(TEXTS[locale], locale);

write();
markLanguage();
letCopy();
letAdd();
letAsk();
document.documentElement.dataset["ready"] = "";

function write(): void {
  document.title = t("title");
  for (const place of all("[data-t]")) place.textContent = t(place.dataset["t"] as DemoWord);
  for (const place of all("[data-price]")) {
    place.textContent = formatNumber(Number(place.dataset["price"]), locale, CURRENCY);
  }
}

function markLanguage(): void {
  for (const link of all("[data-lang]")) {
    if (link.dataset["lang"] === locale) link.setAttribute("aria-current", "true");
  }
}

function letCopy(): void {
  for (const button of all("[data-copy]")) {
    button.addEventListener("click", () => {
      void navigator.clipboard?.writeText(button.dataset["copy"] ?? "");
      flash(button.querySelector(".hint"), "copied");
    });
  }
}

function letAdd(): void {
  for (const button of all(".add")) button.addEventListener("click", () => flash(button, "added"));
}

function letAsk(): void {
  for (const button of all("[data-ask]")) button.addEventListener("click", () => (window.Peyk ??= []).push((chat) => chat.open()));
}

function flash(place: Element | null, word: DemoWord): void {
  if (!(place instanceof HTMLElement)) return;
  const before = place.dataset["t"] as DemoWord;
  place.textContent = t(word);
  setTimeout(() => (place.textContent = t(before)), 1_500);
}

function all(selector: string): readonly HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(selector)];
}
