// One registry of shortcuts, read from the page: data-key="r", "mod+k", "g q" (one after the other), "?".
// It feeds the tooltips and the ? sheet. Single keys never act while somebody is typing.
import { element, isTyping, writingPlace } from "./core.js";

const mac = /Mac|iP(hone|ad)/.test(navigator.platform);
const NAMES = { mod: mac ? "⌘" : "Ctrl", shift: mac ? "⇧" : "Shift", alt: mac ? "⌥" : "Alt", Enter: "↵", Escape: "Esc", ArrowUp: "↑", ArrowDown: "↓" };
const WAIT = 900; // milliseconds between the two keys of a pair

export function spoken(key) {
  return key.split(" ").map((step) =>
    step.split(/\+(?=.)/).map((part) => NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(mac ? "" : "+"),
  ).join(" ");
}

function pressed(event) {
  const parts = [];
  if (event.metaKey || event.ctrlKey) parts.push("mod");
  if (event.altKey) parts.push("alt");
  const letter = event.key.length === 1;
  if (event.shiftKey && (!letter || /^[a-z]$/i.test(event.key))) parts.push("shift");
  parts.push(letter ? event.key.toLowerCase() : event.key);
  return parts.join("+");
}

const isShown = (target) => target.checkVisibility() || Boolean(target.closest("[popover]"));
const isUsable = (target) => !target.disabled && !target.closest("[inert], dialog:not([open])");

function find(key) {
  const open = document.querySelector("dialog[open]");
  const found = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter((item) => isUsable(item) && isShown(item));
  return found.find((item) => !open || open.contains(item));
}

function act(target) {
  if (target.matches("input:not([type=checkbox], [type=radio]), textarea, select")) {
    target.focus();
    target.select?.();
    if (target.matches("select")) try { target.showPicker(); } catch { /* not allowed without a gesture */ }
    return;
  }
  if (target.matches(".composer-tab")) {
    // Chosen to write: the cursor is there before the next key comes, or that key would be taken for a shortcut.
    // Not the label is clicked but its radio button, for a label takes the focus with it.
    target.querySelector("input").click();
    writingPlace(target.closest(".composer"))?.focus();
    return;
  }
  target.click();
}

let first = "";
let firstAt = 0;

function onKey(event) {
  if (event.defaultPrevented || event.isComposing || ["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
  const key = pressed(event);
  const combined = event.ctrlKey || event.metaKey || event.altKey;
  if (!combined && isTyping(event.target)) return;
  if (!combined && document.body.dataset.keys === "off") return;
  if (key === "?" && !find("?")) { event.preventDefault(); showSheet(); return; }
  const pair = first && event.timeStamp - firstAt < WAIT ? find(`${first} ${key}`) : null;
  const target = pair ?? find(key);
  [first, firstAt] = [key, event.timeStamp];
  if (!target) return;
  // In an editor Ctrl+Enter must send and not also break the line.
  event.preventDefault();
  event.stopPropagation();
  first = "";
  act(target);
}

function label(target) {
  return target.dataset.keyLabel ?? target.getAttribute("aria-label") ?? target.textContent.trim();
}

export function showSheet() {
  const dialog = document.getElementById("keys-dialog");
  const sheet = document.getElementById("keys-sheet");
  if (!dialog || dialog.open) return;
  const groups = new Map();
  const seen = new Set();
  for (const target of document.querySelectorAll("[data-key]")) {
    const key = target.dataset.key;
    if (seen.has(key) || !isUsable(target) || !isShown(target)) continue;
    seen.add(key);
    const group = target.closest("[data-key-group]")?.dataset.keyGroup ?? "";
    if (!groups.has(group)) groups.set(group, element("dl"));
    groups.get(group).append(element("dt", {}, label(target)), element("dd", {}, element("kbd", { class: "kbd" }, spoken(key))));
  }
  sheet.replaceChildren(...[...groups].map(([name, list]) => element("section", {}, ...(name ? [element("h3", {}, name)] : []), list)));
  dialog.showModal();
}

export function dressKeys(root = document) {
  for (const hint of root.querySelectorAll("[data-keys]")) hint.textContent = spoken(hint.dataset.keys);
}

document.addEventListener("keydown", onKey, { capture: true });
document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest('a[href="#keys"]')) { event.preventDefault(); showSheet(); }
});
