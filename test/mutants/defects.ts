/**
 * Twelve defects that a system like this has had somewhere, each as a change of the program. The
 * suites are worth something only if each of them is caught; the change is made to a copy, never
 * here. Where the text of `find` is gone, the defect is no longer seeded and the run fails.
 */
export interface Defect {
  readonly name: string;
  /** What would happen to people. */
  readonly harm: string;
  readonly edits: readonly {
    readonly file: string;
    readonly find: string;
    readonly put: string;
  }[];
  /** Test files, one of which has to fail; without the defect they pass. */
  readonly tests: readonly string[];
  /** Settings of these tests: small numbers are enough to see it. */
  readonly env?: Readonly<Record<string, string>>;
}

export const DEFECTS: readonly Defect[] = [
  {
    name: "ack before commit",
    harm: "an SOS is called stored and is gone after a crash",
    edits: [
      {
        file: "server/app/execute.ts",
        find: "      if (await this.append(decided, now)) {\n        this.answer(decided);\n        return;",
        put: "      this.answer(decided);\n      if (await this.append(decided, now)) {\n        return;",
      },
    ],
    tests: ["test/unit/kernel/execute.test.ts"],
  },
  {
    name: "synchronous=OFF",
    harm: "a power cut takes what was acknowledged",
    edits: [
      {
        file: "server/log/sqlite-connection.ts",
        find: '"PRAGMA synchronous = FULL"',
        put: '"PRAGMA synchronous = OFF"',
      },
      {
        file: "server/log/sqlite-connection.ts",
        find: '["synchronous", 2]',
        put: '["synchronous", 0]',
      },
    ],
    tests: ["test/faults/fsync-order.test.ts"],
    env: { FSYNC_ACKS: "100" },
  },
  {
    name: "no deduplication",
    harm: "a resent report counts twice",
    edits: [
      {
        file: "server/app/decide-batch.ts",
        find: 'return known && (isSame(pending, known) ? { pending, kind: "KNOWN", known } : reused(pending));',
        put: "return undefined;",
      },
    ],
    tests: ["test/unit/kernel/execute.test.ts"],
  },
  {
    name: "deduplication outside the transaction",
    harm: "the same command by two roads at once takes effect twice",
    edits: [
      {
        file: "server/app/decide-batch.ts",
        find: 'return twin && (isSame(pending, twin) ? { pending, kind: "TWIN" } : reused(pending));',
        put: "return undefined;",
      },
    ],
    tests: ["test/unit/kernel/execute.test.ts"],
  },
  {
    name: "escalations only in memory",
    harm: "after a restart nobody above hears of an open SOS",
    edits: [
      {
        file: "server/app/kernel.ts",
        find: "deadlines.fileAll(replica.world.allAwake(type));",
        put: ";",
      },
    ],
    tests: ["test/unit/kernel/views.test.ts", "test/unit/kernel/emergency.test.ts"],
  },
  {
    name: "one check of audience left out",
    harm: "a sibling court reads a record that is none of its business",
    edits: [
      {
        file: "server/app/projector.ts",
        find: "  return entries.find((entry) => entry.view === view || entry.view === wildcard)?.audience;",
        put: "  return (entries.find((entry) => entry.view === view || entry.view === wildcard) ?? entries[0])\n    ?.audience;",
      },
    ],
    tests: ["test/unit/kernel/views.test.ts", "test/unit/kernel/projector.test.ts"],
  },
  {
    name: "sockets outlive the right",
    harm: "whoever lost a right goes on watching",
    edits: [{ file: "server/compose.ts", find: "  closeRevoked(kernel);\n", put: "" }],
    tests: ["test/integration/revoke.test.ts"],
  },
  {
    name: "cors instead of an origin check",
    harm: "any page in a signed-in browser opens the live channel",
    edits: [
      {
        file: "server/edge/live/live-server.ts",
        find: "const known = origin === undefined || deps.origins.includes(origin);",
        put: "const known = true;",
      },
      {
        file: "server/edge/live/live-server.ts",
        find: '    transports: ["websocket", "polling"],\n',
        put: '    transports: ["websocket", "polling"],\n    cors: { origin: [...deps.origins] },\n',
      },
    ],
    tests: ["test/integration/live-door.test.ts"],
  },
  {
    name: "connection recovery without middleware",
    harm: "a revoked person reconnects and is sent what he missed",
    edits: [
      {
        file: "server/edge/live/live-server.ts",
        find: "    serveClient: false,\n",
        put: "    serveClient: false,\n    connectionStateRecovery: { skipMiddlewares: true },\n",
      },
    ],
    tests: ["test/integration/live-door.test.ts"],
  },
  {
    name: "a heartbeat without the head",
    harm: "a lost last event is never noticed",
    edits: [
      {
        file: "server/app/heartbeat.ts",
        find: "      to: inputs.covered.seq,\n",
        put: "      to: from,\n",
      },
      {
        file: "server/app/heartbeat.ts",
        find: "const from = Math.min(view.sentTo, inputs.covered.seq);",
        put: "const from = 0;",
      },
    ],
    tests: ["test/unit/kernel/views.test.ts"],
  },
  {
    name: "a chain without anchors",
    harm: "whoever owns the database writes another history",
    edits: [
      {
        file: "server/anchors/watch-anchors.ts",
        find: "if (anchor.hash !== commit.hash || anchor.count !== count) {",
        put: "if (anchor.count < 0) {",
      },
    ],
    tests: ["test/faults/tampering.test.ts"],
    env: { TAMPERINGS: "200" },
  },
  {
    name: "names as markup",
    harm: "a name in the registry runs as a script on every console",
    edits: [
      {
        file: "client/map/escape-html.ts",
        find: '(character) => ESCAPES[character] ?? ""',
        put: "(character) => character",
      },
    ],
    tests: ["test/unit/map-markup.test.ts"],
  },
];
