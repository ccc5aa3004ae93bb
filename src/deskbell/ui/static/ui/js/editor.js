// <desk-editor>: rich text over a plain <textarea>. The textarea keeps its name and carries the plain text,
// a hidden input carries the HTML. Without script, or before the module arrives, the textarea is the editor.
import { define, element, fill, icon, strings, toast } from "./core.js";
import { place } from "./floating.js";
import { upload } from "./files.js";
import { cleanPasted, plainText, textToHtml } from "./richtext.js";

let library = null;
const load = () => (library ??= import(document.querySelector('meta[name="deskbell-editor"]').content));

const BUTTONS = [
  ["bold", "bold", (chain) => chain.toggleBold()],
  ["italic", "italic", (chain) => chain.toggleItalic()],
  ["strike", "strikethrough", (chain) => chain.toggleStrike()],
  null,
  ["bulletList", "list", (chain) => chain.toggleBulletList()],
  ["orderedList", "list-ordered", (chain) => chain.toggleOrderedList()],
  ["blockquote", "quote", (chain) => chain.toggleBlockquote()],
  ["codeBlock", "code", (chain) => chain.toggleCodeBlock()],
  null,
  ["link", "link", null],
  ["image", "image", null],
  ["table", "table", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true })],
  null,
  ["undo", "undo-2", (chain) => chain.undo()],
  ["redo", "redo-2", (chain) => chain.redo()],
];

define("desk-editor", class extends HTMLElement {
  connectedCallback() {
    this.textarea = this.querySelector("textarea");
    this.html = this.querySelector('input[type="hidden"]');
    if (!this.textarea || this.editor) return;
    // Typing at once must not wait for the idle moment.
    this.textarea.addEventListener("focus", () => this.start(), { once: true });
    if (this.dataset.autofocus !== undefined) this.start(true);
    else (globalThis.requestIdleCallback ?? setTimeout)(() => this.start(), { timeout: 1500 });
  }

  disconnectedCallback() {
    // A morph may only move the element; destroy it when it really is gone.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.editor?.destroy();
      this.editor = null;
      this.removeAttribute("ready");
    });
  }

  async start(focus = false) {
    if (this.starting) return;
    this.starting = true;
    let kit;
    try { kit = await load(); } catch { this.starting = false; return; }
    if (!this.isConnected) { this.starting = false; return; }
    const typing = focus || document.activeElement === this.textarea;
    this.area = element("div", { class: "editor-area" });
    this.append(this.area);
    this.editor = new kit.Editor(this.options(kit));
    this.toolbar = this.drawToolbar();
    this.prepend(this.toolbar);
    this.setAttribute("ready", "");
    this.drawState();
    this.area.addEventListener("mousedown", (event) => {
      if (event.target === this.area) { event.preventDefault(); this.editor.commands.focus("end"); }
    });
    this.closest(".composer")?.addEventListener("change", (event) => {
      if (event.target.name === "mode") this.editor?.view.dispatch(this.editor.state.tr);
    });
    if (typing) this.editor.commands.focus("end");
    this.dispatchEvent(new CustomEvent("editor:ready", { bubbles: true }));
  }

  options(kit) {
    const { StarterKit, Image, TableKit, Placeholder, Mention } = kit;
    return {
      element: this.area,
      injectCSS: false, // the page's policy forbids injected styles; editor.css has them
      content: this.html?.value || textToHtml(this.textarea.value),
      extensions: [
        StarterKit.configure({
          heading: { levels: [2, 3] },
          link: { openOnClick: false, autolink: true, defaultProtocol: "https", protocols: ["mailto", "tel"] },
          dropcursor: false,
        }),
        Image.configure({ allowBase64: false }),
        TableKit.configure({ table: { resizable: false } }),
        Placeholder.configure({ placeholder: () => this.hint() }),
        ...(this.dataset.mentionsUrl ? [Mention.configure({ HTMLAttributes: { class: "mention" }, suggestion: this.suggestion() })] : []),
      ],
      editorProps: {
        attributes: { "aria-label": this.dataset.label ?? "", role: "textbox", "aria-multiline": "true", class: "rich" },
        transformPastedHTML: cleanPasted,
        handlePaste: (_view, event) => this.takeFiles(event.clipboardData, event),
        handleDrop: (_view, event, _slice, moved) => !moved && this.takeFiles(event.dataTransfer, event),
      },
      onUpdate: () => this.write(),
      onSelectionUpdate: () => this.drawState(),
      onTransaction: () => this.drawState(),
    };
  }

  // --- out: both fields follow every change, and the form hears an ordinary input event
  write() {
    const empty = this.editor.isEmpty;
    if (this.html) this.html.value = empty ? "" : this.editor.getHTML();
    this.textarea.value = empty ? "" : plainText(this.editor.view.dom);
    this.textarea.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // What a note is called must not invite to write to the customer.
  hint() {
    const note = this.closest(".composer")?.querySelector('[name="mode"][value="note"]')?.checked;
    return (note && this.dataset.notePlaceholder) || this.dataset.placeholder || "";
  }

  clear() { this.editor?.commands.clearContent(true); }

  insert(html) {
    if (this.editor) this.editor.chain().focus().insertContent(html).run();
    else this.start(true).then(() => this.editor?.commands.insertContent(html));
  }

  // --- toolbar
  drawToolbar() {
    const words = strings.toolbar ?? {};
    const bar = element("div", { class: "editor-toolbar", role: "toolbar", "aria-label": words.label });
    for (const button of BUTTONS) {
      if (!button) { bar.append(element("span", { class: "gap" })); continue; }
      const [name, drawing, command] = button;
      if (name === "image" && !this.dataset.uploadUrl) continue;
      const made = element("button", { type: "button", "data-name": name, "aria-label": words[name], "data-tip": words[name], tabindex: "-1" }, icon(drawing));
      made.addEventListener("click", () => {
        if (name === "link") this.askLink();
        else if (name === "image") this.askImage();
        else command(this.editor.chain().focus()).run();
      });
      made.addEventListener("mousedown", (event) => event.preventDefault());
      bar.append(made);
    }
    bar.querySelector("button").tabIndex = 0;
    bar.addEventListener("keydown", (event) => this.walk(event, bar));
    return bar;
  }

  walk(event, bar) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const buttons = [...bar.querySelectorAll("button")];
    const next = buttons.at((buttons.indexOf(document.activeElement) + step) % buttons.length);
    for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
    next.focus();
  }

  drawState() {
    if (!this.toolbar || !this.editor) return;
    for (const button of this.toolbar.querySelectorAll("button")) {
      const { name } = button.dataset;
      if (["undo", "redo", "image"].includes(name)) continue;
      button.setAttribute("aria-pressed", String(this.editor.isActive(name)));
    }
  }

  async askLink() {
    if (this.editor.isActive("link")) { this.editor.chain().focus().unsetLink().run(); return; }
    const input = element("input", { class: "input", type: "text", inputmode: "url", placeholder: "https://", "aria-label": strings.link_address });
    const dialog = element("dialog", { class: "dialog" }, element("form", { method: "dialog" },
      element("div", { class: "dialog-body" }, element("label", { class: "field" }, element("span", { class: "label" }, strings.link_address), input)),
      element("div", { class: "dialog-foot" }, element("button", { class: "button", value: "no", type: "button", "data-closes": true }, strings.cancel),
        element("button", { class: "button primary", value: "yes" }, strings.toolbar.link))));
    // Outside the composer's form: a form inside a form is not HTML.
    document.body.append(dialog);
    dialog.showModal();
    dialog.addEventListener("close", () => {
      const address = input.value.trim();
      dialog.remove();
      this.editor.commands.focus();
      if (dialog.returnValue !== "yes" || !address) return;
      const href = /^(https?:|mailto:|tel:)/i.test(address) ? address : `https://${address}`;
      if (this.editor.state.selection.empty) this.editor.chain().insertContent({ type: "text", text: address, marks: [{ type: "link", attrs: { href } }] }).run();
      else this.editor.chain().extendMarkRange("link").setLink({ href }).run();
    }, { once: true });
  }

  askImage() {
    const input = element("input", { type: "file", accept: "image/*" });
    input.addEventListener("change", () => { if (input.files[0]) this.insertImage(input.files[0]); });
    input.click();
  }

  // --- pictures stay in the text, other files go to the form's <file-drop>
  takeFiles(data, event) {
    const files = [...(data?.files ?? [])];
    // Office programs put a picture beside copied text; the text is what was meant.
    if (!files.length || data.types.includes("text/html")) return false;
    const pictures = this.dataset.uploadUrl ? files.filter((file) => file.type.startsWith("image/")) : [];
    const others = files.filter((file) => !pictures.includes(file));
    event.preventDefault();
    for (const file of pictures) this.insertImage(file);
    if (others.length) this.closest("form")?.querySelector("file-drop")?.take(others);
    return true;
  }

  async insertImage(file) {
    try {
      const answer = await upload(this.dataset.uploadUrl, file);
      this.editor?.chain().focus().setImage({ src: answer.url, alt: file.name }).run();
    } catch (error) {
      toast(error.message || fill(strings.upload_failed, { name: file.name }), "error");
    }
  }

  // --- mentions
  suggestion() {
    return {
      items: async ({ query }) => {
        const address = new URL(this.dataset.mentionsUrl, location.href);
        address.searchParams.set("q", query);
        const answer = await fetch(address, { headers: { Accept: "application/json" } });
        return answer.ok ? (await answer.json()).people.map(({ id, name }) => ({ id: String(id), label: name })) : [];
      },
      render: () => mentionList(this),
    };
  }
});

function mentionList(owner) {
  let list = null;
  let props = null;
  let chosen = 0;
  const draw = (fresh) => {
    props = fresh;
    chosen = Math.min(chosen, Math.max(0, props.items.length - 1));
    list ??= owner.ownerDocument.body.appendChild(element("div", { class: "mention-list", role: "listbox" }));
    list.replaceChildren(...props.items.map((item, index) => {
      const option = element("div", { role: "option", "aria-selected": String(index === chosen) }, item.label);
      option.addEventListener("mousedown", (event) => { event.preventDefault(); props.command(item); });
      return option;
    }));
    if (!props.items.length) list.append(element("div", { class: "none" }, strings.nobody_found));
    const box = props.clientRect?.();
    if (box) place(list, { getBoundingClientRect: () => box });
  };
  const close = () => { list?.remove(); list = null; };
  return {
    onStart: (fresh) => { chosen = 0; draw(fresh); },
    onUpdate: draw,
    onExit: close,
    onKeyDown: ({ event }) => {
      const size = props.items.length;
      if (event.key === "Escape") { event.stopPropagation(); close(); return true; }
      if (!size || !list) return false;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") { chosen = (chosen + (event.key === "ArrowDown" ? 1 : size - 1)) % size; draw(props); return true; }
      if (event.key === "Enter" || event.key === "Tab") { props.command(props.items[chosen]); return true; }
      return false;
    },
  };
}
