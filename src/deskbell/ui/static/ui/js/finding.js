// <find-box>: a search form that answers while one types (combobox with a list, WAI-ARIA). Without script: a plain form.
import { define, strings } from "./core.js";

const PAUSE = 120; // milliseconds of silence before asking
const SHORTEST = 2; // characters

define("find-box", class extends HTMLElement {
  connectedCallback() {
    if (this.entry) return;
    this.entry = this.querySelector("input");
    this.panel = this.querySelector("[data-panel]");
    this.told = this.querySelector("[data-told]");
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-expanded": "false" })) this.entry.setAttribute(name, value);
    this.entry.addEventListener("input", () => this.wait());
    this.entry.addEventListener("keydown", (event) => this.onKey(event));
    this.entry.addEventListener("click", () => { if (this.answered === this.wanted) this.open(); });
    this.addEventListener("focusout", (event) => { if (!this.contains(event.relatedTarget)) this.close(); });
    // The cursor stays in the box, so that typing goes on after a look with the mouse.
    this.panel.addEventListener("mousedown", (event) => event.preventDefault());
    this.panel.addEventListener("click", (event) => this.onClick(event));
    this.querySelector("[data-go]")?.addEventListener("click", () => { this.entry.focus(); this.entry.select(); });
    this.querySelector("form").addEventListener("submit", () => this.stop());
  }

  disconnectedCallback() { this.stop(); }

  get wanted() { return this.entry.value.trim(); }
  get options() { return [...this.panel.querySelectorAll("[role=option]")]; }
  get isOpen() { return !this.panel.hidden; }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  wait() {
    this.stop();
    this.choose(-1);
    if (this.wanted.length < SHORTEST) { this.answered = null; this.close(); return; }
    this.timer = setTimeout(() => this.ask(), PAUSE);
  }

  // The last question wins: the one before is broken off, and an answer to what no longer stands there is dropped.
  async ask() {
    const wanted = this.wanted;
    const asking = this.asking = new AbortController();
    const address = new URL(this.dataset.box, location.href);
    // A space at the end says that the last word is complete.
    address.searchParams.set("q", this.entry.value.trimStart());
    this.entry.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: asking.signal, headers: { Accept: "text/html" } });
      if (answer.redirected) { location.assign(answer.url); return; }
      if (!answer.ok) throw new Error(String(answer.status));
      const html = await answer.text();
      if (this.wanted === wanted && asking === this.asking) this.show(html, wanted);
    } catch (error) {
      if (error.name !== "AbortError" && this.wanted === wanted) this.fail();
    } finally {
      if (asking === this.asking) this.entry.removeAttribute("aria-busy");
    }
  }

  show(html, wanted) {
    this.panel.innerHTML = html;
    const list = this.panel.querySelector("[role=listbox]");
    list.id = `${this.entry.id}-list`;
    this.options.forEach((option, index) => { option.id = `${list.id}-${index}`; });
    this.answered = wanted;
    list.scrollTop = 0;
    this.open();
    this.tell(list.dataset.summary);
  }

  fail() {
    this.panel.replaceChildren(Object.assign(document.createElement("p"), { className: "find-failed", textContent: strings.request_failed }));
    this.answered = null;
    this.panel.hidden = false;
    this.tell(strings.request_failed);
  }

  // Readers hear how much there is once the typing pauses, not after each letter.
  tell(text) {
    clearTimeout(this.telling);
    this.telling = setTimeout(() => { this.told.textContent = text; }, 500);
  }

  open() {
    if (document.activeElement !== this.entry || !this.options.length) return;
    this.panel.hidden = false;
    this.entry.setAttribute("aria-expanded", "true");
    this.entry.setAttribute("aria-controls", `${this.entry.id}-list`);
  }

  close() {
    this.panel.hidden = true;
    this.entry.setAttribute("aria-expanded", "false");
    this.entry.removeAttribute("aria-controls");
    clearTimeout(this.telling);
    this.choose(-1);
  }

  choose(at) {
    this.chosen = at;
    this.entry.removeAttribute("aria-activedescendant");
    this.options.forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === at));
      if (index !== at) return;
      this.entry.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    });
  }

  onKey(event) {
    if (event.isComposing) return;
    const { length } = this.options;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !event.altKey) {
      if (!this.isOpen) {
        if (this.wanted.length < SHORTEST) return;
        if (this.answered === this.wanted) this.open(); else this.ask();
      } else if (length) {
        // -1 is the text itself: from the last one goes back to it, and on to the first.
        this.choose(((this.chosen ?? -1) + step + 1 + length + 1) % (length + 1) - 1);
      }
      event.preventDefault();
    } else if (event.key === "Enter" && this.isOpen && this.chosen >= 0) {
      event.preventDefault();
      const option = this.options[this.chosen];
      if ((event.ctrlKey || event.metaKey) && option.href) window.open(option.href, "_blank", "noopener");
      else option.click();
    } else if (event.key === "Escape") {
      if (this.isOpen) { event.preventDefault(); event.stopPropagation(); this.stop(); this.close(); }
      else if (this.entry.value) { event.preventDefault(); this.entry.value = ""; this.wait(); }
      else this.entry.blur();
    }
  }

  onClick(event) {
    const offer = event.target.closest("[data-text]");
    if (!offer) return;
    this.entry.value = offer.dataset.text;
    this.entry.focus();
    this.stop();
    this.choose(-1);
    this.ask();
  }
});
