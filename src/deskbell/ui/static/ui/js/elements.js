// Small elements that need no server: copying, remembering, choosing rows, themes, submitting by itself, mail frames.
import { define, fill, strings, toast, writingPlace } from "./core.js";

define("copy-button", class extends HTMLElement {
  connectedCallback() { this.addEventListener("click", this); }

  async handleEvent() {
    try {
      await navigator.clipboard.writeText(this.dataset.text);
      toast(strings.copied, "success");
    } catch { toast(strings.copy_failed, "error"); }
  }
});

define("remember-open", class extends HTMLElement {
  connectedCallback() {
    const details = this.querySelector("details");
    const key = `open:${this.getAttribute("key")}`;
    if (!details) return;
    try {
      const kept = localStorage.getItem(key);
      if (kept !== null) details.open = kept === "1";
      details.addEventListener("toggle", () => localStorage.setItem(key, details.open ? "1" : "0"));
    } catch { /* storage may be forbidden; then it just does not remember */ }
  }
});

define("theme-switch", class extends HTMLElement {
  connectedCallback() { this.addEventListener("click", this); }

  handleEvent(event) {
    const value = event.target.closest("[data-value]")?.dataset.value;
    if (!value) return;
    document.documentElement.dataset.theme = value;
    document.cookie = `theme=${value}; path=/; max-age=31536000; samesite=lax`;
    for (const button of this.querySelectorAll("[data-value]")) button.setAttribute("aria-pressed", String(button.dataset.value === value));
    this.dispatchEvent(new CustomEvent("theme:changed", { bubbles: true, detail: { value } }));
  }
});

// Submits its form when a choice changes, and while somebody types in a search box.
define("auto-submit", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", this);
    this.addEventListener("input", this);
  }

  handleEvent(event) {
    const form = event.target.form ?? this.querySelector("form");
    const text = event.target.matches('input[type="search"], input[type="text"]');
    if (!form || (event.type === "input" && !text) || (event.type === "change" && text)) return;
    clearTimeout(this.timer);
    // Without htmx a submit reloads the page, which must not happen under somebody's fingers.
    if (text && !form.matches("[hx-get], [hx-post]")) return;
    this.timer = setTimeout(() => form.requestSubmit(), text ? 300 : 0);
  }
});

// Checkboxes of a list: shift selects a range, the head selects all, the bar appears with the first.
define("select-rows", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", this);
    this.addEventListener("change", this);
    this.update();
    document.addEventListener("htmx:after:swap", this.onSwap = () => this.isConnected && this.update());
  }

  disconnectedCallback() { document.removeEventListener("htmx:after:swap", this.onSwap); }

  get boxes() { return [...this.querySelectorAll('tbody input[type="checkbox"], [data-row] input[type="checkbox"]')]; }

  handleEvent(event) {
    const target = event.target;
    if (event.type === "click" && target.closest("[data-clear]")) this.set(this.boxes, false);
    if (event.type === "change" && target.matches("[data-all]")) this.set(this.boxes, target.checked);
    if (event.type === "click" && target.matches('input[type="checkbox"]:not([data-all])')) {
      const boxes = this.boxes;
      if (event.shiftKey && boxes.includes(this.lastBox)) {
        const [from, to] = [boxes.indexOf(this.lastBox), boxes.indexOf(target)].sort((a, b) => a - b);
        this.set(boxes.slice(from, to + 1), target.checked);
      }
      this.lastBox = target;
    }
    this.update();
  }

  set(boxes, checked) { for (const box of boxes) box.checked = checked; }

  update() {
    const boxes = this.boxes;
    const chosen = boxes.filter((box) => box.checked);
    for (const box of boxes) box.closest("tr, [data-row]")?.classList.toggle("selected", box.checked);
    const all = this.querySelector("[data-all]");
    if (all) {
      all.checked = chosen.length > 0 && chosen.length === boxes.length;
      all.indeterminate = chosen.length > 0 && chosen.length < boxes.length;
    }
    const bar = this.querySelector("[data-bulk]");
    if (bar) bar.hidden = chosen.length === 0;
    const count = this.querySelector("[data-count]");
    if (count) count.textContent = fill(strings.selected, { n: chosen.length });
    this.dispatchEvent(new CustomEvent("rows:selected", { bubbles: true, detail: { ids: chosen.map((box) => box.value) } }));
  }
});

// A mail's own document, as tall as what it holds. Its links open apart, its scripts never run (see the server's policy).
define("mail-frame", class extends HTMLElement {
  connectedCallback() {
    const frame = this.querySelector("iframe");
    if (!frame) return;
    frame.addEventListener("load", () => this.fit(frame));
    if (frame.contentDocument?.readyState === "complete") this.fit(frame);
  }

  disconnectedCallback() { this.observer?.disconnect(); }

  fit(frame) {
    const page = frame.contentDocument;
    if (!page?.body) return;
    for (const link of page.querySelectorAll("a[href]")) { link.target = "_blank"; link.rel = "noopener noreferrer"; }
    const measure = () => { frame.style.height = `${Math.ceil(page.documentElement.getBoundingClientRect().height) + 2}px`; };
    this.observer?.disconnect();
    this.observer = new ResizeObserver(measure);
    this.observer.observe(page.documentElement);
    measure();
  }
});


// The composer of a phone opens where it is touched and closes when it is left empty.
const composerOf = (target) => (target instanceof Element ? target.closest(".composer") : null);
document.addEventListener("focusin", (event) => composerOf(event.target)?.classList.add("open"));
document.addEventListener("click", (event) => {
  // Whoever chooses a tab with the mouse goes on to write; the arrows of the radio group stay on the tabs.
  const tab = event.target instanceof Element && event.detail > 0 && event.target.closest(".composer-tab");
  if (tab) setTimeout(() => writingPlace(composerOf(tab))?.focus());
});
document.addEventListener("pointerdown", (event) => {
  composerOf(event.target)?.classList.add("open");
  if (!(event.target instanceof Element) || event.target.closest(".composer, dialog, .menu, .mention-list, .tooltip")) return;
  for (const composer of document.querySelectorAll(".composer.open")) {
    if (!composer.querySelector("textarea")?.value) composer.classList.remove("open");
  }
});
