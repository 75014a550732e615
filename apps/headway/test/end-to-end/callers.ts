import { randomUUID } from "node:crypto";
import type { paths } from "@headway/contracts/gen/openapi/dispatcher";
import createClient from "openapi-fetch";
import { answerOf, once, patientFetch, type Schemas } from "../../src/rehearse/headway.ts";
import type { Documented, Face, Values } from "./documented.ts";
import type { LogIn } from "./two-depots.ts";

/** What was answered; the slug is empty where it was no refusal in Headway's words. */
export type Told = { readonly status: number; readonly slug: string; readonly json: unknown };

/** Somebody who calls documented operations of a face, with these values; `version` is what they have seen. */
export type Caller = (operation: Documented, values: Values, version: number) => Promise<Told>;

const callerWith =
  (url: string, face: Face, headers: Readonly<Record<string, string>>): Caller =>
  async ({ method, body, wantsVersion, fill }, values, version) => {
    const { address, json } = fill(values);
    const response = await patientFetch(
      new Request(`${url}/${face}/v1${address}`, {
        method,
        headers: {
          ...headers,
          ...(method === "GET" ? {} : { "Idempotency-Key": randomUUID() }),
          ...(wantsVersion ? { "If-Match": `"${version}"` } : {}),
          ...(body ? { "Content-Type": body } : {}),
        },
        ...(body ? { body: json ? JSON.stringify(json) : "number\n" } : {}),
      }),
    );
    return told(response);
  };

const told = async (response: Response): Promise<Told> => {
  const text = await response.text();
  const json: unknown = /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : null;
  const slug: unknown = typeof json === "object" && json !== null ? Reflect.get(json, "slug") : "";
  return { status: response.status, slug: typeof slug === "string" ? slug : "", json };
};

const logIn = async (url: string, face: Face, login: LogIn): Promise<Response> => {
  const response = await patientFetch(
    new Request(`${url}/${face}/v1/session`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Headway-CSRF": "1" },
      body: JSON.stringify(login),
    }),
  );
  if (!response.ok) throw new Error(`The login was answered with ${response.status}.`);
  return response;
};

/** Somebody at the console. */
export const atConsole = async (url: string, login: LogIn): Promise<Caller> => {
  const [cookie = ""] = (await logIn(url, "dispatcher", login)).headers.getSetCookie();
  return callerWith(url, "dispatcher", { "X-Headway-CSRF": "1", Cookie: cookie.split(";")[0] ?? "" });
};

/** Somebody with the phone. */
export const onPhone = async (url: string, login: LogIn): Promise<Caller> => {
  const { token } = (await (await logIn(url, "mobile", login)).json()) as { token: string };
  return callerWith(url, "mobile", { Authorization: `Bearer ${token}` });
};

/** A machine with its key. */
export const byMachine = (url: string, key: string): Caller =>
  callerWith(url, "integration", { Authorization: `Headway-Key ${key}` });

/** What an administrator at the console does for a machine: answers its key. */
export const createServiceAccount = async (
  url: string,
  admin: LogIn,
  grants: readonly Schemas["Grant"][],
): Promise<string> => {
  const [cookie = ""] = (await logIn(url, "dispatcher", admin)).headers.getSetCookie();
  const console = createClient<paths>({
    baseUrl: `${url}/dispatcher/v1`,
    headers: { "X-Headway-CSRF": "1", Cookie: cookie.split(";")[0] ?? "" },
  });
  const body = { name: `machine-${randomUUID()}`, grants: [...grants] };
  const { key } = answerOf(await console.POST("/service-accounts", { params: { header: once() }, body }));
  return key;
};
