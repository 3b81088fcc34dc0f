import { resolve } from "node:path";
import { resolveConfig } from "vite";
import { afterEach, describe, expect, it, vi } from "vitest";

const configFile = resolve(import.meta.dirname, "../../vite.config.ts");

describe("a build of the client", () => {
  afterEach(() => vi.unstubAllEnvs());

  it.each(["test", "development"])(
    "FLD-32 given an environment of %s, when the client is built, then it is built for production",
    async (named) => {
      vi.stubEnv("NODE_ENV", named);
      const { isProduction } = await resolveConfig({ configFile }, "build");
      expect(isProduction).toBe(true);
    },
  );
});
