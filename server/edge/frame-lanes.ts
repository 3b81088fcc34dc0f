import type { Socket } from "socket.io";
import type { FrameLane } from "../app/positions/frame-lane.ts";
import { type LanePorts, SocketLane } from "./frame-writer.ts";
import { framesInTurn } from "./shared-frames.ts";

const NO_LANES: ReadonlyMap<string, FrameLane> = new Map();

/** The roads for position frames of all sockets that look on, by view. */
export class FrameLanes {
  readonly #ports: LanePorts;
  readonly #byView = new Map<string, Map<string, FrameLane>>();
  readonly #stale = new Set<FrameLane>();

  constructor(ports: Omit<LanePorts, "framed">) {
    this.#ports = { ...ports, framed: framesInTurn() };
  }

  open(view: string, socket: Socket): void {
    const lanes = this.#byView.get(view) ?? new Map<string, FrameLane>();
    lanes.set(socket.id, new SocketLane(view, socket, this.#ports, this.#stale));
    this.#byView.set(view, lanes);
  }

  close(view: string, socketId: string): void {
    const lanes = this.#byView.get(view);
    lanes?.get(socketId)?.closed();
    lanes?.delete(socketId);
    if (lanes?.size === 0) this.#byView.delete(view);
  }

  /** Sends a full picture to this socket alone, if its time has come. */
  show(view: string, socketId: string): void {
    this.#byView.get(view)?.get(socketId)?.show();
  }

  of(view: string): Iterable<FrameLane> {
    return (this.#byView.get(view) ?? NO_LANES).values();
  }

  stale(): Iterable<FrameLane> {
    return this.#stale;
  }
}
