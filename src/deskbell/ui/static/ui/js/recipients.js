// Recipients as chips over one input: the input keeps its name and carries the addresses, comma separated.
import { define, element, fill, icon, strings } from "./core.js";
import { place } from "./floating.js";

const ADDRESS = /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;."]{2,}$/u;

// "Mika Laine <mika@example.org>" or a bare address; commas inside quotation marks belong to the name.
export function parse(text) {
  const parts = text.match(/(?:"[^"]*"|<[^>]*>|[^,;\n])+/g) ?? [];
  return parts.map((part) => part.trim()).filter(Boolean).map((part) => {
    const [, name, address] = /^(.*?)<([^>]*)>$/.exec(part) ?? [null, "", part];
    return { name: name.trim().replace(/^"|"$/g, ""), address: address.trim() };
  });
}

const written = ({ name, address }) => (name ? `"${name.replaceAll('"', "")}" <${address}>` : address);

define("recipient-input", class extends HTMLElement {
  connectedCallback() {
    const source = this.querySelector("input[name]");
    if (!source || this.entry) return;
    this.setAttribute("hx-morph-skip", "");
    this.hidden_ = element("input", { type: "hidden", name: source.name, value: source.value });
    source.removeAttribute("name");
    this.entry = source;
    this.prepend(this.hidden_);
    this.people = parse(source.value);
    this.entry.value = "";
    this.addEventListener("keydown", this);
    this.addEventListener("paste", this);
    this.addEventListener("input", this);
    this.addEventListener("focusout", this);
    this.addEventListener("click", this);
    this.draw();
  }

  disconnectedCallback() { this.list?.remove(); }

  handleEvent(event) {
    if (event.type === "keydown") this.onKey(event);
    else if (event.type === "paste" && /[,;\n@]/.test(event.clipboardData.getData("text"))) {
      event.preventDefault();
      this.add(event.clipboardData.getData("text"));
    } else if (event.type === "input" && event.target === this.entry) {
      if (/[,;]$/.test(this.entry.value)) this.add(this.entry.value);
      else this.suggest();
    } else if (event.type === "focusout" && !this.contains(event.relatedTarget)) {
      this.add(this.entry.value);
      this.closeList();
    } else if (event.type === "click" && event.target === this) this.entry.focus();
  }

  onKey(event) {
    if (event.target !== this.entry) return;
    if (this.list && ["ArrowDown", "ArrowUp"].includes(event.key)) {
      event.preventDefault();
      this.choose(this.chosen + (event.key === "ArrowDown" ? 1 : -1));
    } else if (["Enter", "Tab"].includes(event.key) && !event.ctrlKey && !event.metaKey && this.list && this.found?.length) {
      event.preventDefault();
      this.take(this.found[this.chosen]);
    } else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      this.add(this.entry.value);
    } else if (event.key === "Escape" && this.list) {
      event.stopPropagation();
      this.closeList();
    } else if (event.key === "Backspace" && this.entry.value === "" && this.people.length) {
      this.people.pop();
      this.draw(true);
    }
  }

  add(text) {
    const fresh = parse(text);
    this.entry.value = "";
    this.closeList();
    const known = new Set(this.people.map((person) => person.address.toLowerCase()));
    const added = fresh.filter((person) => !known.has(person.address.toLowerCase()));
    if (added.length) { this.people.push(...added); this.draw(true); }
  }

  take(person) {
    this.entry.value = "";
    this.closeList();
    this.people.push({ name: person.name ?? "", address: person.address });
    this.draw(true);
    this.entry.focus();
  }

  draw(changed = false) {
    for (const chip of this.querySelectorAll(":scope > .chip")) chip.remove();
    for (const person of this.people) this.entry.before(this.chip(person));
    this.hidden_.value = this.people.map(written).join(", ");
    const bad = this.people.find((person) => !ADDRESS.test(person.address));
    this.entry.setCustomValidity(bad ? fill(strings.invalid_address, { name: bad.address }) : "");
    if (changed) this.hidden_.dispatchEvent(new Event("change", { bubbles: true }));
  }

  chip(person) {
    const shown = person.name || person.address;
    const good = ADDRESS.test(person.address);
    const remove = element("button", { type: "button", "aria-label": fill(strings.remove, { name: shown }) }, icon("x", 16));
    remove.addEventListener("click", () => {
      this.people = this.people.filter((other) => other !== person);
      this.draw(true);
      this.entry.focus();
    });
    const title = good ? person.address : fill(strings.invalid_address, { name: person.address });
    return element("span", { class: good ? "chip" : "chip invalid", title }, element("bdi", {}, shown), remove);
  }

  suggest() {
    clearTimeout(this.timer);
    const wanted = this.entry.value.trim();
    if (!this.dataset.suggest || wanted.length < 2) { this.closeList(); return; }
    this.timer = setTimeout(async () => {
      const address = new URL(this.dataset.suggest, location.href);
      address.searchParams.set("q", wanted);
      try {
        const answer = await (await fetch(address, { headers: { Accept: "application/json" } })).json();
        if (this.entry.value.trim() === wanted) this.show(answer.people ?? []);
      } catch { this.closeList(); }
    }, 150);
  }

  show(found) {
    this.closeList();
    this.found = found;
    if (!found.length) return;
    this.list = element("div", { class: "mention-list", role: "listbox", id: `${this.entry.id}-list` });
    for (const person of found) {
      const option = element("div", { role: "option" }, element("span", { class: "stack" },
        element("span", {}, person.name || person.address), element("span", { class: "meta" }, person.address)));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); this.take(person); });
      this.list.append(option);
    }
    (this.closest("dialog") ?? document.body).append(this.list);
    place(this.list, this.entry);
    this.entry.setAttribute("aria-expanded", "true");
    this.choose(0);
  }

  choose(at) {
    this.chosen = (at + this.found.length) % this.found.length;
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.chosen)));
  }

  closeList() {
    clearTimeout(this.timer);
    this.list?.remove();
    this.list = null;
    this.entry.setAttribute("aria-expanded", "false");
  }
});
