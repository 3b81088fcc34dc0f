/**
 * A province's sockets in a process of their own, as they are in life: consoles and phones that
 * dial again by the client's own back-off when the server dies, and resume from their cursor.
 * Forked by `recover.ts`, which speaks to it by messages.
 */
import { backOffMs } from "../../client/link/back-off.ts";
import { envelope } from "../support/server/envelope.ts";
import { type RawAuth, RawClient, type RawEvent } from "../support/server/raw-client.ts";

export type ToClients =
  | { readonly do: "follow"; readonly url: string; readonly sockets: readonly SocketOf[] }
  /** Each phone sends so many commands: a log that the next start must replay. */
  | { readonly do: "fill"; readonly commandsEach: number }
  /** From now on a socket counts as in sync only after a new connection. */
  | { readonly do: "arm" };

export interface SocketOf {
  readonly auth: RawAuth;
  /** Of a phone. */
  readonly officerId?: string;
}

export type FromClients =
  | { readonly done: "fill" }
  | {
      readonly done: "sync";
      /** When each socket was in sync, by `sharedClockMs`. */
      readonly atMs: readonly number[];
      readonly dials: number;
      readonly snapshots: number;
    };

/** Monotonic, and one for all processes of a machine. */
const sharedClockMs = (): number => Number(process.hrtime.bigint()) / 1e6;

const RESUME_ANSWERS = new Set(["patch", "snapshot"]);

class Follower {
  /** When the present connection was in sync. */
  inSyncAt: number | undefined;
  /** Whether it had to connect anew since it was armed. */
  isNew = true;
  dials = 0;
  snapshots = 0;
  socket: RawClient | undefined;
  private cursor: { readonly seq: number; readonly hash8: string } | null = null;
  readonly of: SocketOf;
  private readonly url: string;
  private readonly onSync: () => void;

  constructor(url: string, of: SocketOf, onSync: () => void) {
    this.url = url;
    this.of = of;
    this.onSync = onSync;
  }

  async follow(): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      if (tries > 0) await pause(backOffMs(tries, Math.random()));
      if (await this.live()) tries = 0;
    }
  }

  /** One connection from dialling to its end. @returns whether there was one. */
  private async live(): Promise<boolean> {
    this.dials += 1;
    const onEvent = (event: RawEvent) => this.hear(event);
    this.socket = await RawClient.open(this.url, this.of.auth, { onEvent }).catch(() => undefined);
    if (!this.socket) return false;
    this.socket.emit("resume", this.cursor);
    await this.socket.closed;
    this.inSyncAt = undefined;
    this.isNew = true;
    return true;
  }

  private hear({ event, body }: RawEvent): void {
    const isAnswer = RESUME_ANSWERS.has(event);
    if (!isAnswer && (event !== "hb" || this.inSyncAt === undefined)) return;
    const { to, hash8 } = body as { to: number; hash8: string };
    this.cursor = { seq: to, hash8 };
    if (event === "snapshot") this.snapshots += 1;
    if (this.inSyncAt !== undefined) return;
    this.inSyncAt = sharedClockMs();
    this.onSync();
  }
}

let followers: readonly Follower[] = [];

const say = (message: FromClients): void => {
  process.send?.(message);
};

function look(): void {
  if (!followers.every(({ inSyncAt, isNew }) => isNew && inSyncAt !== undefined)) return;
  const sum = (of: (one: Follower) => number) => followers.reduce((n, one) => n + of(one), 0);
  say({
    done: "sync",
    atMs: followers.map(({ inSyncAt }) => inSyncAt ?? Number.NaN),
    dials: sum(({ dials }) => dials),
    snapshots: sum(({ snapshots }) => snapshots),
  });
}

function follow(url: string, sockets: readonly SocketOf[]): void {
  followers = sockets.map((of) => new Follower(url, of, look));
  for (const follower of followers) void follower.follow();
}

/** In step, so that no phone exceeds its budget of 100 commands in 10 s by much. */
async function fill(commandsEach: number): Promise<void> {
  for (let i = 0; i < commandsEach; i += 1) {
    const duty = { duty: i % 2 === 0 ? "ON_DUTY" : "DEPLOYED" };
    await Promise.all(
      followers.map(async ({ socket, of }) => {
        if (of.officerId === undefined) return;
        await socket?.ask("command", envelope("officer.setDuty", of.officerId, duty));
      }),
    );
  }
  say({ done: "fill" });
}

function arm(): void {
  for (const follower of followers) {
    follower.isNew = false;
    follower.dials = 0;
    follower.snapshots = 0;
  }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

process.on("message", (message: ToClients) => {
  if (message.do === "follow") follow(message.url, message.sockets);
  else if (message.do === "fill") void fill(message.commandsEach);
  else arm();
});
