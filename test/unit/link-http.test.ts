import { expect, test } from "vitest";
import { createApi } from "../../client/link/api.ts";
import { createHttp } from "../../client/link/http.ts";

interface Asked {
  readonly url: string;
  readonly method: string | undefined;
  readonly bearer: string | null;
}

/** A server that answers everything with the same status and body. */
function answering(status: number, body: unknown, token?: string) {
  const asked: Asked[] = [];
  const fetcher = async (url: unknown, init?: RequestInit) => {
    const bearer = new Headers(init?.headers).get("authorization");
    asked.push({ url: String(url), method: init?.method, bearer });
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return new Response(status === 204 ? null : text, { status });
  };
  return { asked, http: createHttp(fetcher as typeof fetch, () => token) };
}

test("a phone names itself on every call, and asks as the field", async () => {
  const { asked, http } = answering(200, [], "device.secret");
  await createApi(http, "field").timeline("operation", "OP/1");
  expect(asked).toEqual([
    {
      url: "/api/timeline/operation/OP%2F1?seat=field",
      method: "GET",
      bearer: "Bearer device.secret",
    },
  ]);
});

test("closed records come with their kind", async () => {
  const { asked, http } = answering(200, [
    { type: "detention", id: "A", rev: 3, dto: { closed: true } },
  ]);
  const got = await createApi(http, "console").closedRecords("detention");
  expect(asked[0]?.url).toBe("/api/records?type=detention&closed=1&seat=console");
  expect(got).toEqual({
    ok: true,
    value: [{ type: "detention", id: "A", rev: 3, dto: { closed: true } }],
  });
});

test("a refusal keeps the server's words", async () => {
  const message = { zh: "账号或密码不正确", en: "Wrong name or password" };
  const { http } = answering(401, { code: "WRONG_PASSWORD", message });
  const got = await createApi(http).login("a", "b");
  expect(got).toMatchObject({
    ok: false,
    failure: { status: 401, code: "WRONG_PASSWORD", message },
  });
});

test("a page of a proxy, and an answer of another shape, are no answers", async () => {
  const page = await createApi(answering(502, "<html>").http).me();
  expect(page).toMatchObject({ failure: { status: 502, code: "HTTP_502" } });
  const shape = await createApi(answering(200, { hello: 1 }).http).me();
  expect(shape).toMatchObject({ failure: { code: "UNREADABLE" } });
});

test("signing out has an empty answer", async () => {
  const { http } = answering(204, "");
  expect(await createApi(http).logout()).toEqual({ ok: true, value: undefined });
});
