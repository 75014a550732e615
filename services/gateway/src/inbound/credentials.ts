import type { IncomingHttpHeaders } from "node:http";
import type { Face } from "./documents.ts";

/** The console's cookie. Browsers take `__Host-` only over https, so a machine for trying gets the plain name. */
const cookieName = (secure: boolean): string => (secure ? "__Host-headway" : "headway");

/** Sets the session in the browser: gone from scripts, from other sites and, with an empty secret, altogether. */
export const sessionCookie = (secret: string, secure: boolean): string =>
  [
    `${cookieName(secure)}=${secret}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Strict",
    ...(secure ? ["Secure"] : []),
    ...(secret === "" ? ["Max-Age=0"] : []),
  ].join("; ");

/** The one kind of credential that a face takes. */
export const credentialIn = (face: Face, headers: IncomingHttpHeaders, secure: boolean): string | null => {
  switch (face) {
    case "dispatcher":
      return cookieIn(headers.cookie ?? "", cookieName(secure));
    case "mobile":
      return schemeIn(headers.authorization, "Bearer") ?? subprotocolIn(headers["sec-websocket-protocol"]);
    case "integration":
      return schemeIn(headers.authorization, "Headway-Key");
  }
};

/** The subprotocol under which a browser's app hands its bearer token to a WebSocket, since it cannot set headers. */
const bearerProtocol = "headway.bearer.";

const cookieIn = (cookies: string, name: string): string | null => {
  const found = cookies
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`));
  return found && found.length > name.length + 1 ? found.slice(name.length + 1) : null;
};

const schemeIn = (authorization: string | undefined, scheme: string): string | null => {
  const [said = "", credential = ""] = (authorization ?? "").split(" ");
  return said.toLowerCase() === scheme.toLowerCase() && credential !== "" ? credential : null;
};

const subprotocolIn = (protocols: string | undefined): string | null => {
  const found = (protocols ?? "")
    .split(",")
    .map((protocol) => protocol.trim())
    .find((protocol) => protocol.startsWith(bearerProtocol));
  return found ? found.slice(bearerProtocol.length) : null;
};
