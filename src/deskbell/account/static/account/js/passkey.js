// Makes and uses passkeys: asks the browser, puts its answer into the form's `credential` field and sends the form.
const decode = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (char) => char.charCodeAt(0));
const encode = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const descriptors = (list) => list?.map((item) => ({ ...item, id: decode(item.id) }));

function forCreation({ publicKey }) {
  const selection = { ...publicKey.authenticatorSelection, residentKey: "required", requireResidentKey: true, userVerification: "required" };
  return { publicKey: { ...publicKey, authenticatorSelection: selection, challenge: decode(publicKey.challenge),
    user: { ...publicKey.user, id: decode(publicKey.user.id) }, excludeCredentials: descriptors(publicKey.excludeCredentials) ?? [] } };
}

function forRequest({ publicKey }) {
  return { publicKey: { ...publicKey, challenge: decode(publicKey.challenge), allowCredentials: descriptors(publicKey.allowCredentials) ?? [] } };
}

function asJson(credential) {
  const answer = credential.response;
  const response = { clientDataJSON: encode(answer.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) if (answer[name]) response[name] = encode(answer[name]);
  if (answer.getTransports) response.transports = answer.getTransports();
  return JSON.stringify({ type: credential.type, id: credential.id, rawId: encode(credential.rawId), response,
    authenticatorAttachment: credential.authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults() });
}

customElements.define("passkey-form", class extends HTMLElement {
  connectedCallback() {
    if (!window.PublicKeyCredential) return;
    this.hidden = false;
    this.querySelector("[data-passkey]").addEventListener("click", () => this.run());
  }

  async run() {
    const button = this.querySelector("[data-passkey]");
    button.setAttribute("aria-busy", "true");
    try {
      const options = await this.options();
      const credential = "create" in this.dataset ? await navigator.credentials.create(forCreation(options)) : await navigator.credentials.get(forRequest(options));
      this.querySelector('[name="credential"]').value = asJson(credential);
      this.querySelector("form").submit();
    } catch {
      button.removeAttribute("aria-busy");
      this.complain();
    }
  }

  async options() {
    if (this.dataset.options) return JSON.parse(this.dataset.options);
    const answer = await fetch(this.dataset.optionsUrl, { headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    return (await answer.json()).request_options;
  }

  complain() {
    const old = this.querySelector('[role="alert"]');
    const line = old ?? document.createElement("p");
    line.setAttribute("role", "alert");
    line.className = "error";
    line.textContent = this.dataset.failed;
    if (!old) this.append(line);
  }
});
