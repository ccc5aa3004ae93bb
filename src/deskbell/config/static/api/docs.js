// Draws the OpenAPI document. Calls that are tried out go to this very address, with the session or a pasted token.
const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen === "dark" || (chosen !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
}

class ApiDocs extends HTMLElement {
  async connectedCallback() {
    const follow = () => document.documentElement.classList.toggle("dark-mode", isDark());
    follow();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", follow);
    const [loading, failed, place] = ["loading", "failed", "docs"].map((part) => this.querySelector(`[data-${part}]`));
    try {
      const answer = await fetch(this.dataset.document);
      if (!answer.ok) throw new Error(answer.statusText);
      const spec = await answer.json();
      // The desk may be open under another name than its configured one; cookies belong to this one.
      spec.servers = [{ url: location.origin }];
      this.draw(spec, place);
      loading.hidden = true;
    } catch (error) {
      console.error(error);
      loading.hidden = true;
      failed.hidden = false;
    }
  }

  draw(spec, place) {
    window.SwaggerUIBundle({
      spec,
      domNode: place,
      deepLinking: true,
      docExpansion: "list",
      defaultModelsExpandDepth: 0,
      displayRequestDuration: true,
      filter: true,
      tryItOutEnabled: true,
      validatorUrl: null,
      requestInterceptor: (request) => {
        if (!SAFE.has(request.method?.toUpperCase() ?? "GET") && !request.headers.Authorization) {
          request.headers["X-CSRFToken"] = this.dataset.csrf;
        }
        return request;
      },
    });
  }
}

customElements.define("api-docs", ApiDocs);
