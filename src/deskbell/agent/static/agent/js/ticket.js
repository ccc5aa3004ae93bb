// <ticket-page>: follows its ticket live and never touches what is being typed.
import { define } from "../../ui/js/core.js";

define("ticket-page", class extends HTMLElement {
  connectedCallback() {
    this.on(document.body, `ticket:${this.dataset.ticket}`, () => this.later());
    this.on(document.body, "live:resync", () => this.later());
    this.on(document, "htmx:after:swap", () => this.arrived());
    this.on(document, "htmx:config:request", (event) => this.tell(event));
    this.on(document, "desk:sent", (event) => this.sent(event.detail));
    this.addEventListener("click", (event) => this.clicked(event));
    this.addEventListener("keydown", (event) => this.escaped(event));
    this.addEventListener("editor:ready", () => this.arrived());
    if (!location.hash) this.settle();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    for (const [target, kind, handler] of this.handlers ?? []) target.removeEventListener(kind, handler);
    this.handlers = [];
  }

  on(target, kind, handler) {
    (this.handlers ??= []).push([target, kind, handler]);
    target.addEventListener(kind, handler);
  }

  // Opens at what is new, else at the end; frames of mails grow while they load, so the place is kept until
  // the person scrolls.
  settle() {
    const unread = this.querySelector("#unread");
    this.keep(() => { if (unread) unread.scrollIntoView({ block: "start" }); else this.toEnd(); });
  }

  get pane() { return this.querySelector("#conversation"); }

  toEnd() { this.pane.scrollTop = this.pane.scrollHeight; }

  keep(go) {
    const pane = this.pane;
    const timeline = this.querySelector("#timeline");
    const watch = new ResizeObserver(go);
    const stop = () => watch.disconnect();
    // The pane itself shrinks when the editor arrives with its toolbar.
    for (const box of [timeline, pane]) watch.observe(box);
    for (const kind of ["wheel", "touchstart", "keydown", "pointerdown"]) pane.addEventListener(kind, stop, { once: true, passive: true });
    setTimeout(stop, 3000);
    go();
  }

  later() {
    if (this.timer) return;
    this.timer = setTimeout(() => { this.timer = 0; this.refresh(); }, 60);
  }

  refresh() {
    const address = new URL(this.dataset.url, location.href);
    address.searchParams.set("part", "live");
    this.atEnd = this.pane.scrollHeight - this.pane.scrollTop - this.pane.clientHeight < 48;
    address.searchParams.set("since", this.querySelector("#timeline")?.dataset.since ?? "");
    if (!document.hidden) address.searchParams.set("read", "1");
    return htmx.ajax("GET", address.pathname + address.search, { target: "#timeline", swap: "none" });
  }

  // The newest part begins where it begins now, so that no message falls between it and what is shown before it.
  tell(event) {
    const first = this.querySelector("#timeline")?.dataset.first;
    if (first) event.detail.ctx.request.headers["X-Timeline-First"] = first;
  }

  // --- what arrived while somebody writes
  get form() { return document.getElementById("composer-form"); }

  get isWriting() {
    const form = this.form;
    return Boolean(form?.querySelector("textarea[name=text]")?.value.trim() || form?.querySelector("input[name=attachment]"));
  }

  arrived() {
    const timeline = this.querySelector("#timeline");
    const seen = this.form?.elements.seen;
    const notice = this.querySelector("#arrived");
    if (!timeline || !seen) return;
    const newest = Number(timeline.dataset.newest || 0);
    this.follow(newest, timeline.dataset.newestMine === "true");
    if (newest <= Number(seen.value)) { if (notice) notice.hidden = true; return; }
    if (!this.isWriting || timeline.dataset.newestMine === "true") { seen.value = newest; return; }
    if (notice) notice.hidden = false;
  }

  // Whoever reads the end goes on reading the end; one's own message is shown when it is sent.
  follow(newest, isMine) {
    const isNew = newest > (this.newest ?? newest);
    this.newest = newest;
    if (isNew && !isMine && this.atEnd) this.keep(() => this.toEnd());
  }

  clicked(event) {
    const timeline = this.querySelector("#timeline");
    const target = event.target.closest("[data-show-newest], [data-have-read], [data-send-anyway], [data-images], [data-reply-to]");
    if (!target) return;
    if (target.matches("[data-show-newest]")) this.show(`m${timeline.dataset.newest}`);
    if (target.matches("[data-have-read]")) {
      this.form.elements.seen.value = timeline.dataset.newest;
      this.querySelector("#arrived").hidden = true;
      this.write();
    }
    if (target.matches("[data-send-anyway]")) {
      this.form.elements.seen.value = target.dataset.newest;
      document.getElementById("composer-alert").replaceChildren();
      this.form.requestSubmit();
    }
    if (target.matches("[data-images]")) {
      const message = target.closest(".message");
      for (const frame of message.querySelectorAll("iframe")) frame.src = `${frame.src.split("?")[0]}?images=1`;
      target.closest(".banner")?.remove();
      message.querySelector(".when")?.focus();
    }
    if (target.matches("[data-reply-to]")) { document.querySelector('.composer-tab [value="reply"]')?.click(); this.write(); }
  }

  write() { this.querySelector("#composer .ProseMirror, #composer textarea")?.focus(); }

  show(id) {
    const message = document.getElementById(id);
    if (!message) return;
    message.tabIndex = -1;
    message.scrollIntoView({ block: "center" });
    message.focus({ preventScroll: true });
  }

  sent(detail) { requestAnimationFrame(() => this.show(`m${detail?.id}`)); }

  // Escape leaves the editor, so that single keys act again.
  escaped(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !event.target.closest?.(".composer")) return;
    document.getElementById("conversation")?.focus({ preventScroll: true });
  }
});

// <inline-edit>: a text that becomes an input when it is chosen; Enter saves, Escape leaves it as it was.
define("inline-edit", class extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", (event) => { if (event.target.closest("[data-edit]")) this.edit(true); });
    this.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !event.target.matches("input")) return;
      event.stopPropagation();
      event.target.value = event.target.defaultValue;
      this.edit(false);
    });
    this.addEventListener("focusout", (event) => {
      const form = this.querySelector("form");
      if (!form.hidden && !this.contains(event.relatedTarget) && event.target.value === event.target.defaultValue) this.edit(false, false);
    });
  }

  edit(on, refocus = true) {
    const [form, shown] = [this.querySelector("form"), this.querySelector("[data-shown]")];
    form.hidden = !on;
    shown.hidden = on;
    if (on) { form.querySelector("input[type=text]").focus(); form.querySelector("input[type=text]").select(); }
    else if (refocus) this.querySelector("[data-edit]")?.focus();
  }
});
