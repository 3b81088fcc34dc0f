/** Every MongoDB adapter under the same contracts as the others; needs a server to talk to. */
import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { openMongoAccountStore } from "../../server/accounts/account-store-mongo.ts";
import { openMongoLog } from "../../server/log/log-mongo.ts";
import type { MongoConnection } from "../../server/log/mongo-connection.ts";
import { connectMongo } from "../../server/log/mongo-connection.ts";
import { openMongoVaultRows } from "../../server/vault/vault-rows-mongo.ts";
import { accountStoreContract } from "./account-store.contract.ts";
import { logStoreContract } from "./log-store.contract.ts";
import { vaultContract } from "./vault.contract.ts";

const uri = process.env.MONGODB_URI ?? "";
const allowStandalone = process.env.MONGODB_ALLOW_STANDALONE === "1";

/** A database of its own for each test, removed afterwards. */
async function freshDatabase() {
  const database = `contract-${randomBytes(6).toString("hex")}`;
  const connections: MongoConnection[] = [];
  const connect = async () => {
    const connection = await connectMongo({ uri, database, allowStandalone });
    connections.push(connection);
    return connection;
  };
  const dispose = async () => {
    await connections[0]?.db.dropDatabase();
    await Promise.all(connections.map((connection) => connection.close()));
  };
  return { connect, dispose };
}

if (uri === "") {
  process.stdout.write("NOT RUN: no MongoDB-compatible server (npm run test:mongodb starts one)\n");
  describe("mongodb", () => {
    it("LOG-1 … ACC-9 the contracts on MongoDB", () => {});
  });
} else {
  const onFreshDatabase = async <Store>(
    openStore: (connection: MongoConnection) => Promise<Store>,
  ) => {
    const { connect, dispose } = await freshDatabase();
    return { open: async () => openStore(await connect()), dispose };
  };
  const logIn = (collection: string) => () =>
    onFreshDatabase((connection) => openMongoLog(connection, { collection }));

  logStoreContract("mongodb, commits", logIn("commits"));
  logStoreContract("mongodb, access", logIn("access"));
  vaultContract("mongodb", () => onFreshDatabase(openMongoVaultRows));
  accountStoreContract("mongodb", () => onFreshDatabase(openMongoAccountStore));

  describe("mongodb connection", () => {
    it("LOG-12 given a single server, when it is not allowed, then the connection is refused", async () => {
      if (!allowStandalone) return;
      await expect(connectMongo({ uri })).rejects.toMatchObject({
        code: "UNAVAILABLE",
        message: expect.stringContaining("not a replica set"),
      });
    });
    it("LOG-12 given nobody at the address, when connecting, then UNAVAILABLE in bounded time", async () => {
      const nobody = connectMongo({ uri: "mongodb://127.0.0.1:9/", timeoutMs: 300 });
      await expect(nobody).rejects.toMatchObject({ code: "UNAVAILABLE" });
    });
  });
}
