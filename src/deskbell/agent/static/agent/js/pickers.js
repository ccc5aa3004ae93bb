// <person-picker>: find a person by name or address (combobox, WAI-ARIA); the id goes into the hidden input.
import { define, element, strings } from "../../ui/js/core.js";
import { place } from "../../ui/js/floating.js";

const PAUSE = 150; // milliseconds of silence before asking

define("person-picker", class extends HTMLElement {
  connectedCallback() {
    if (this.entry) return;
    this.entry = this.querySelector("input[type=text], input[type=search]");
    this.value_ = this.querySelector("input[type=hidden]");
    this.listId = `${this.entry.id}-list`;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", autocomplete: "off" })) this.entry.setAttribute(name, value);
    this.entry.addEventListener("input", () => { this.value_.value = ""; this.ask(); });
    this.entry.addEventListener("keydown", (event) => this.onKey(event));
    this.entry.addEventListener("blur", () => setTimeout(() => this.close(), 120));
  }

  disconnectedCallback() { this.close(); }

  ask() {
    clearTimeout(this.timer);
    const wanted = this.entry.value.trim();
    if (wanted.length < 2) { this.close(); return; }
    this.timer = setTimeout(async () => {
      const address = new URL(this.dataset.suggest, location.href);
      address.searchParams.set("q", wanted);
      try {
        const answer = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
        if (this.entry.value.trim() === wanted) this.open(answer.people ?? []);
      } catch { this.close(); }
    }, PAUSE);
  }

  open(found) {
    this.close();
    this.found = found;
    this.list = element("div", { class: "mention-list", role: "listbox", id: this.listId });
    for (const person of found) {
      const option = element("div", { role: "option" }, element("span", { class: "stack" },
        element("span", {}, person.name || person.address),
        element("span", { class: "meta" }, [person.address, person.detail].filter(Boolean).join(" · "))));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(person); });
      this.list.append(option);
    }
    if (!found.length) this.list.append(element("div", { class: "none" }, this.dataset.none || strings.nobody_found));
    (this.closest("dialog") ?? document.body).append(this.list);
    place(this.list, this.entry);
    this.entry.setAttribute("aria-expanded", "true");
    this.entry.setAttribute("aria-controls", this.listId);
    if (found.length) this.choose(0);
  }

  choose(at) {
    this.chosen = (at + this.found.length) % this.found.length;
    [...this.list.children].forEach((option, index) => {
      option.id = `${this.listId}-${index}`;
      option.setAttribute("aria-selected", String(index === this.chosen));
    });
    this.entry.setAttribute("aria-activedescendant", `${this.listId}-${this.chosen}`);
    this.list.children[this.chosen].scrollIntoView({ block: "nearest" });
  }

  onKey(event) {
    if (!this.list) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && this.found.length) { event.preventDefault(); this.choose(this.chosen + step); }
    else if (event.key === "Enter" && this.found.length) { event.preventDefault(); this.take(this.found[this.chosen]); }
    else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); this.close(); }
  }

  take(person) {
    this.entry.value = person.name || person.address;
    this.value_.value = person.id;
    this.close();
    this.value_.dispatchEvent(new Event("change", { bubbles: true }));
    this.dispatchEvent(new CustomEvent("person:chosen", { bubbles: true, detail: person }));
  }

  close() {
    clearTimeout(this.timer);
    this.list?.remove();
    this.list = null;
    this.entry.setAttribute("aria-expanded", "false");
    this.entry.removeAttribute("aria-activedescendant");
  }
});
