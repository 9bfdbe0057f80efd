// Runs before anything is drawn, and before the widget reads the page's language.
(() => {
  const languages = ["en", "fa", "ar"];
  const wanted = new URLSearchParams(location.search).get("lang");
  const liked = navigator.languages.map((tag) => tag.split("-")[0]);
  const found = [wanted, ...liked].find((language) => languages.includes(language)) ?? "en";
  document.documentElement.lang = found;
  document.documentElement.dir = found === "en" ? "ltr" : "rtl";
})();
