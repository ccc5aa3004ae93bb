// Menus, tooltips, dialogs, toasts, confirmation: what floats above the page.
import { define, element, strings } from "./core.js";
import { spoken } from "./keys.js";

const GAP = 4, EDGE = 8;
const rtl = () => document.documentElement.dir === "rtl";

export function place(box, anchor, side = "below") {
  const a = anchor.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = box;
  let left = rtl() ? a.right - width : a.left;
  let top = a.bottom + GAP;
  if (side === "end") {
    left = rtl() ? a.left - width - GAP : a.right + GAP;
    top = a.top + (a.height - height) / 2;
  } else {
    if (side === "center") left = a.left + (a.width - width) / 2;
    // Towards the other edge when this side has no room, above when there is none below.
    if (left + width > innerWidth - EDGE) left = a.right - width;
    if (top + height > innerHeight - EDGE && a.top - GAP - height > 0) top = a.top - GAP - height;
  }
  box.style.left = `${Math.max(EDGE, Math.min(left, innerWidth - width - EDGE))}px`;
  box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - height - EDGE))}px`;
}

// The first field gets the focus, not the cross that stands before it.
export function openDialog(dialog) {
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector("[autofocus], .dialog-body :is(input:not([type=hidden]), select, textarea), .dialog-foot .primary")?.focus();
}

// --- menus: native popovers, placed beside their button, walked with the arrows
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!(menu instanceof Element) || !menu.matches("[popover].menu")) return;
  const anchor = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  anchor?.setAttribute("aria-expanded", String(event.newState === "open"));
  if (event.newState !== "open" || !anchor) return;
  place(menu, anchor, anchor.matches(".rail-item") ? "end" : "below");
  menu.querySelector('[role^="menuitem"], a, button, input')?.focus({ preventScroll: true });
}, true);

document.addEventListener("keydown", (event) => {
  const menu = event.target instanceof Element && event.target.closest(".menu:popover-open");
  if (!menu) return;
  const items = [...menu.querySelectorAll('[role^="menuitem"]:not(:disabled)')];
  const at = items.indexOf(event.target);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined || !items.length) return;
  event.preventDefault();
  items.at(to % items.length).focus();
});

document.addEventListener("click", (event) => {
  if (!(event.target instanceof Element)) return;
  event.target.closest(".menu-item")?.closest(".menu:popover-open")?.hidePopover();
  const opener = event.target.closest("[data-opens]");
  if (opener) openDialog(document.getElementById(opener.dataset.opens));
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  // A click beside the dialog closes it, as people expect; a drag that ends there does not.
  if (event.target instanceof HTMLDialogElement && event.target.open && event.target.matches(".dialog")) {
    const box = event.target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside && event.detail > 0) event.target.close();
  }
});

// --- tooltips: one box for all, with the key that does the same
const tip = element("div", { class: "tooltip", popover: "manual", id: "tooltip", "aria-hidden": "true" });
let tipTimer = 0;
let tipped = null;

function hideTip() {
  clearTimeout(tipTimer);
  tipped = null;
  if (tip.matches(":popover-open")) tip.hidePopover();
}

function showTip(target) {
  if (!target.isConnected) return;
  tip.replaceChildren(target.dataset.tip, ...(target.dataset.key ? [element("kbd", {}, spoken(target.dataset.key))] : []));
  if (!tip.isConnected) document.body.append(tip);
  // Beside an open dialog the tooltip must be shown after it to lie above it.
  if (tip.matches(":popover-open")) tip.hidePopover();
  tip.showPopover();
  place(tip, target, target.dataset.tipSide ?? "center");
}

function offerTip(event) {
  const target = event.target instanceof Element ? event.target.closest("[data-tip]") : null;
  if (target === tipped) return;
  hideTip();
  if (!target || (event.type === "focusin" && !target.matches(":focus-visible"))) return;
  tipped = target;
  tipTimer = setTimeout(showTip, event.type === "focusin" ? 100 : 450, target);
}

addEventListener("pointerover", (event) => { if (event.pointerType !== "touch") offerTip(event); });
addEventListener("focusin", offerTip);
for (const kind of ["pointerdown", "focusout", "scroll", "keydown"]) addEventListener(kind, hideTip, { capture: true, passive: true });

// --- confirmation: one dialog for the page; answers true or false
export function confirmed({ title, text = "", yes = strings.confirm, danger = false }) {
  const dialog = document.getElementById("confirm-dialog");
  document.getElementById("confirm-title").textContent = title;
  document.getElementById("confirm-text").textContent = text;
  const button = document.getElementById("confirm-yes");
  button.textContent = yes;
  button.classList.toggle("danger", danger);
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

define("confirm-button", class extends HTMLElement {
  connectedCallback() { this.addEventListener("click", this, { capture: true }); }

  async handleEvent(event) {
    const button = event.target.closest("button, a");
    if (!button || this.agreed) { this.agreed = false; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    const { title, text, confirm, danger } = this.dataset;
    if (!(await confirmed({ title, text, yes: confirm, danger: danger !== undefined }))) { button.focus(); return; }
    this.agreed = true;
    button.click();
  }
});

// hx-confirm="…" asks in the same dialog.
document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail?.ctx?.confirm) return;
  event.preventDefault();
  const { ctx, issueRequest, dropRequest } = event.detail;
  const danger = ctx.sourceElement.matches(".danger, [data-danger]");
  confirmed({ title: ctx.confirm, text: ctx.sourceElement.dataset.text ?? "", yes: ctx.sourceElement.dataset.confirm ?? strings.confirm, danger })
    .then((yes) => (yes ? issueRequest() : dropRequest()));
});

// --- toasts go by themselves; errors stay until read
const STAYS = 6000; // milliseconds

define("desk-toast", class extends HTMLElement {
  connectedCallback() {
    this.querySelector("[data-close]")?.addEventListener("click", () => this.remove());
    if (this.closest(".toasts") && !this.matches(".error")) this.wait();
    this.addEventListener("pointerenter", () => clearTimeout(this.timer));
    this.addEventListener("pointerleave", () => { if (this.closest(".toasts") && !this.matches(".error")) this.wait(); });
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.remove(), STAYS);
  }
});

export function openWaiting(root = document) {
  for (const dialog of root.querySelectorAll("dialog[data-open-now]")) {
    dialog.removeAttribute("data-open-now");
    openDialog(dialog);
  }
}

