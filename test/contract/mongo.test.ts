/** Every MongoDB adapter under the same contracts as the others; needs a server to talk to. */
import { randomBytes } from "node:crypto";
import { describe, it } from "vitest";
import { openMongoLog } from "../../server/log/log-mongo.ts";
import type { MongoConnection } from "../../server/log/mongo-connection.ts";
import { connectMongo } from "../../server/log/mongo-connection.ts";
import { logStoreContract } from "./log-store.contract.ts";

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
  logStoreContract("mongodb", async () => {
    const { connect, dispose } = await freshDatabase();
    const open = async () => openMongoLog(await connect(), { collection: "commits" });
    return { open, dispose };
  });
}
