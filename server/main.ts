import { readConfig } from "./config.ts";
import { openStores } from "./stores.ts";

/**
 * After a crash every tenth of a second counts: the threads that open the files of the stores start
 * first, and while they do the rest of the program is loaded.
 */
async function main(): Promise<void> {
  const config = readConfig();
  // A database that is away is waited for, which takes the rest of the program.
  const opening = config.store.kind === "mongodb" ? undefined : openStores(config);
  opening?.catch(() => undefined); // told where it is awaited
  const { run } = await import("./run.ts");
  await run(config, opening);
}

main().catch(async (error: unknown) => {
  const { explain } = await import("./explain-start.ts");
  console.error(explain(error));
  process.exit(1);
});
