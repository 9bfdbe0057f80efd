/** The two pictures of the button, by class: a speech bubble, and an arrow while the panel is open. */
const SHAPES = {
  chat: "M16 5.5C9.6 5.5 4.5 9.8 4.5 15.2c0 3 1.6 5.7 4.2 7.5l-.9 4.1c-.1.5.4.9.9.7l4.8-2.4c.8.1 1.6.2 2.5.2 6.4 0 11.5-4.4 11.5-9.9S22.4 5.5 16 5.5ZM9.2 15.4a1.6 1.6 0 1 1 3.2 0 1.6 1.6 0 0 1-3.2 0ZM14.4 15.4a1.6 1.6 0 1 1 3.2 0 1.6 1.6 0 0 1-3.2 0ZM19.6 15.4a1.6 1.6 0 1 1 3.2 0 1.6 1.6 0 0 1-3.2 0Z",
  arrow: "m9 13 7 7 7-7",
};

/** Drawn node by node: pages with Trusted Types allow no markup in strings. */
export function icon(): SVGElement {
  const svg = drawn("svg", { viewBox: "0 0 32 32", "aria-hidden": "true" });
  for (const [name, d] of Object.entries(SHAPES)) svg.append(drawn("path", { class: name, d }));
  return svg;
}

function drawn(name: string, attributes: Readonly<Record<string, string>>): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name) as SVGElement;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
}
