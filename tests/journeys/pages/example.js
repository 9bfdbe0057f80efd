/** The page's own script: it runs before the chat's, so that what it asks is kept for it. */
window.told = [];

(window.Peyk ??= []).push((chat) => {
  for (const name of ["ready", "opened", "closed", "message", "unread", "state"]) {
    chat.on(name, (detail) => {
      window.told.push({ name, ...detail });
      const item = document.createElement("li");
      item.textContent = `${name} ${JSON.stringify(detail)}`;
      document.getElementById("told").append(item);
    });
  }
});

document.addEventListener("DOMContentLoaded", () => {
  const { Peyk } = window;
  document.getElementById("ask").addEventListener("click", () => window.Peyk.open());
  document.getElementById("bye").addEventListener("click", () => window.Peyk.close());
  document.getElementById("cart").addEventListener("change", (event) => {
    Peyk.push((chat) => chat.setAttributes({ cart: Number(event.target.value) }));
  });
});
