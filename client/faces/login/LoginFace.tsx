import type { Api } from "../../link/api.ts";

export function LoginFace({ api: _api }: { api: Api }) {
  return null;
}
