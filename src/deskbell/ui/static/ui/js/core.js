// What every element needs: the page's strings, the CSRF token, toasts, the server's clock.
const meta = (name) => document.querySelector(`meta[name="deskbell-${name}"]`);

export const strings = JSON.parse(meta("strings")?.content ?? "{}");

export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (hole, key) => values[key] ?? hole);

// The demo may move the server's clock; relative times are counted from there.
const drift = Date.parse(meta("now")?.content ?? "") - Date.now() || 0;
export const now = () => Date.now() + drift;

// The zone in which the page tells times: the person's own, which need not be the browser's. The browser's where it is
// older than the name.
export const timeZone = known(meta("now")?.dataset.zone || undefined);

function known(zone) {
  try { return Intl.DateTimeFormat("en", { timeZone: zone }) && zone; } catch { return undefined; }
}

export const language = () => document.documentElement.lang || "en";

export function csrfToken() {
  const headers = document.body.getAttribute("hx-headers:inherited");
  return headers ? JSON.parse(headers)["X-CSRFToken"] : "";
}

export function post(url, body, options = {}) {
  return fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    ...options,
    headers: { "X-CSRFToken": csrfToken(), Accept: "application/json", ...options.headers },
  });
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, "");
    else if (value !== false && value != null) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

const PATHS = JSON.parse(meta("editor")?.dataset.icons ?? "{}");

export function icon(name, size = 16) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const attributes = {
    class: "icon", width: size, height: size, viewBox: "0 0 24 24", fill: "none", stroke: "currentColor",
    "stroke-width": "1.75", "stroke-linecap": "round", "stroke-linejoin": "round", "aria-hidden": "true",
  };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  svg.innerHTML = PATHS[name] ?? "";
  return svg;
}

export function toast(text, level = "info") {
  const close = element("button", { type: "button", class: "icon-button small", "aria-label": strings.close, "data-close": true }, icon("x"));
  const box = element("desk-toast", { class: `toast ${level}`, role: level === "error" ? "alert" : null },
    element("span", { class: "toast-text" }, text), close);
  document.getElementById("toasts")?.append(box);
}

export function define(name, elementClass) {
  if (!customElements.get(name)) customElements.define(name, elementClass);
}

// Where one writes in a composer: the editor if it has started, else the plain textarea.
export const writingPlace = (composer) => composer?.querySelector(".ProseMirror") ?? composer?.querySelector("textarea");

// True where letters are text, so that single keys must not act.
export function isTyping(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest("[contenteditable]:not([contenteditable=false]), textarea, select")) return true;
  const input = target.closest("input");
  return Boolean(input) && !["checkbox", "radio", "button", "submit", "reset", "file", "range"].includes(input.type);
}
