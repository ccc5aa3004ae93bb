// <desk-draft data-url="…">: keeps what is typed in the surrounding form on the server.
import { csrfToken, define, fill, language, now, strings, timeZone } from "./core.js";

const AFTER = 1200; // milliseconds of silence

define("desk-draft", class extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form") ?? document.getElementById(this.getAttribute("form"));
    if (!this.form) return;
    this.setAttribute("role", "status");
    this.kept = this.content();
    this.onChange = () => this.later();
    this.onLeave = () => { if (this.timer) this.save(true); };
    this.onSubmit = () => { clearTimeout(this.timer); this.timer = 0; };
    this.form.addEventListener("input", this.onChange);
    this.form.addEventListener("change", this.onChange);
    this.form.addEventListener("submit", this.onSubmit);
    addEventListener("pagehide", this.onLeave);
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    removeEventListener("pagehide", this.onLeave);
    for (const [kind, handler] of [["input", this.onChange], ["change", this.onChange], ["submit", this.onSubmit]]) this.form?.removeEventListener(kind, handler);
  }

  content() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string" && name !== "csrfmiddlewaretoken") fields.append(name, value);
    }
    return fields.toString();
  }

  later() {
    clearTimeout(this.timer);
    if (this.content() === this.kept) return;
    this.timer = setTimeout(() => this.save(), AFTER);
  }

  async save(leaving = false) {
    clearTimeout(this.timer);
    this.timer = 0;
    const content = this.content();
    try {
      const response = await fetch(this.dataset.url, {
        method: "POST",
        body: content,
        keepalive: leaving,
        credentials: "same-origin",
        headers: { "Content-Type": "application/x-www-form-urlencoded", "X-CSRFToken": csrfToken() },
      });
      if (!response.ok) throw new Error(String(response.status));
      this.kept = content;
      const time = new Intl.DateTimeFormat(language(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone }).format(now());
      this.textContent = fill(strings.draft_saved, { time });
    } catch {
      this.textContent = strings.draft_failed;
      this.timer = setTimeout(() => this.save(), AFTER * 8);
    }
  }
});
