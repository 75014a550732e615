import { fileURLToPath } from "node:url";
import express, { type Router } from "express";
import swaggerUi from "swagger-ui-express";
import { type Document, type Face, faces } from "./documents.ts";

const look = fileURLToPath(new URL("./docs.css", import.meta.url));

/** The pages on which the three documents can be read and tried. Everything comes from here: it works without the internet. */
export const docs = (documents: Readonly<Record<Face, Document>>): Router => {
  const router = express.Router();
  for (const face of faces)
    router.get(`/${face}.json`, (_request, response) => {
      response.json(documents[face]);
    });
  router.get("/headway.css", (_request, response) => response.sendFile(look));
  const page = pageOf();
  router.get("/", ({ originalUrl }, response) => {
    // What the page asks for lies below it.
    if (!originalUrl.startsWith("/docs/")) return response.redirect(308, "/docs/");
    response.type("html").send(page);
  });
  router.use("/", swaggerUi.serve);
  return router;
};

type Tried = { readonly method: string; readonly headers: Record<string, string> };

const pageOf = (): string => {
  const page = swaggerUi.generateHTML(undefined, {
    explorer: true,
    customSiteTitle: "Headway API",
    customfavIcon: "/mark.svg",
    customCssUrl: "/docs/headway.css",
    swaggerOptions: {
      urls: faces.map((face) => ({ name: face, url: `/docs/${face}.json` })),
      withCredentials: true,
      docExpansion: "none",
      // The badge would be asked of a site on the internet.
      validatorUrl: null,
      // Runs in the page: what is tried there is wanted, and the session of the console counts.
      requestInterceptor: (request: Tried) => {
        if (request.method !== "GET") request.headers["X-Headway-CSRF"] = "1";
        // Who pastes a key as it was printed means this.
        const said = request.headers.Authorization;
        if (said && !said.includes(" ")) request.headers.Authorization = `Headway-Key ${said}`;
        // What the documents show as an example; each try is a request of its own, unless whoever tries writes a key.
        if (request.headers["Idempotency-Key"] === "a-new-one-for-each-request")
          request.headers["Idempotency-Key"] = `tried-${Date.now()}-${Math.random()}`;
        return request;
      },
    },
  });
  return page.replace("<body>", `<body>${header}`);
};

const header = `
<header class="headway">
  <a href="/">
    <svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
      <rect width="32" height="32" rx="8" fill="#0b62ad" />
      <path d="M8 10h8M12 16h12M8 22h5" stroke="#fff" stroke-width="4" stroke-linecap="round" />
    </svg>
    Headway
  </a>
  <span>API</span>
  <a class="back" href="/">Back to the console</a>
</header>`;
