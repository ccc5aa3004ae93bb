// <file-drop>: choose, drag or paste files; too large ones are refused before anything is sent.
// With data-upload-url each file is sent at once and its answer's id joins the form; without, files go with the form.
import { csrfToken, define, element, fill, icon, strings } from "./core.js";

const UNITS = ["B", "kB", "MB", "GB"];

export function sizeText(bytes) {
  let [size, unit] = [bytes, 0];
  while (size >= 1000 && unit < UNITS.length - 1) { size /= 1000; unit += 1; }
  return `${unit && size < 10 ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}

// XMLHttpRequest, because fetch still cannot report how much was sent.
export function upload(url, file, onProgress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const body = new FormData();
    body.append("file", file);
    request.open("POST", url);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress?.(event.loaded, event.total));
    request.addEventListener("load", () => (request.status < 300 && request.response ? resolve(request.response) : reject(new Error(request.response?.error ?? ""))));
    request.addEventListener("error", () => reject(new Error("")));
    request.send(body);
  });
}

define("file-drop", class extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    this.list = this.querySelector("[data-list]");
    if (!this.input || this.area) return;
    this.setAttribute("hx-morph-skip", "");
    this.files = [];
    this.name = this.input.name;
    if (this.dataset.uploadUrl) this.input.removeAttribute("name");
    // Files may be dropped anywhere on the form, not only on the small square.
    this.area = this.closest("form") ?? this;
    this.input.addEventListener("change", () => { this.take([...this.input.files]); });
    for (const kind of ["dragenter", "dragover", "dragleave", "drop"]) this.area.addEventListener(kind, this);
    this.area.addEventListener("paste", this);
  }

  handleEvent(event) {
    const files = [...(event.dataTransfer ?? event.clipboardData)?.files ?? []];
    const carriesFiles = [...(event.dataTransfer?.types ?? [])].includes("Files");
    if (event.type === "paste") {
      // The editor keeps pasted pictures for the text itself.
      if (files.length && !event.defaultPrevented) { event.preventDefault(); this.take(files); }
      return;
    }
    if (!carriesFiles || event.defaultPrevented) return;
    event.preventDefault();
    if (event.type === "dragleave" && this.area.contains(event.relatedTarget)) return;
    this.classList.toggle("over", event.type === "dragenter" || event.type === "dragover");
    if (event.type === "drop") this.take(files);
  }

  take(files) {
    const most = Number(this.dataset.max);
    this.list.querySelectorAll(".drop-error").forEach((line) => line.remove());
    for (const file of files) {
      if (most && file.size > most) this.refuse(fill(strings.too_large, { name: file.name, size: this.dataset.maxText }));
      else if (this.dataset.uploadUrl) this.send(file);
      else this.keep(file);
    }
    if (this.dataset.uploadUrl) this.input.value = "";
    else this.sync();
  }

  refuse(text) { this.list.append(element("div", { class: "drop-error", role: "alert" }, text)); }

  keep(file) {
    this.files.push(file);
    const chip = this.chip(file);
    chip.remove_.addEventListener("click", () => { this.files = this.files.filter((other) => other !== file); chip.remove(); this.sync(); });
  }

  // The input itself must carry what the chips show.
  sync() {
    const carrier = new DataTransfer();
    for (const file of this.files) carrier.items.add(file);
    this.input.files = carrier.files;
  }

  async send(file) {
    const chip = this.chip(file);
    const bar = element("progress", { max: file.size, value: 0, "aria-label": fill(strings.uploading, { name: file.name }) });
    chip.append(bar);
    let hidden = null;
    chip.remove_.addEventListener("click", () => { hidden?.remove(); chip.remove(); this.changed(); });
    try {
      const answer = await upload(this.dataset.uploadUrl, file, (sent, total) => { bar.max = total; bar.value = sent; });
      hidden = element("input", { type: "hidden", name: this.name, value: answer.id });
      if (chip.isConnected) { this.append(hidden); this.changed(); }
    } catch (error) {
      chip.remove();
      this.refuse(error.message || fill(strings.upload_failed, { name: file.name }));
    }
    bar.remove();
  }

  chip(file) {
    const remove = element("button", { type: "button", class: "icon-button small", "aria-label": fill(strings.remove, { name: file.name }) }, icon("x"));
    const chip = element("span", { class: "attachment", title: file.name },
      element("span", { class: "attachment-name" }, element("bdi", {}, file.name)), element("span", { class: "attachment-size" }, sizeText(file.size)), remove);
    chip.remove_ = remove;
    this.list.append(chip);
    return chip;
  }

  changed() { this.input.dispatchEvent(new Event("input", { bubbles: true })); }
});
