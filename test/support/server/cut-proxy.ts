import { startFaultyRoad } from "../net/faulty-road.ts";

/**
 * A road that can be cut, for those who need no more of `faulty-road.ts`. Cut, it is silent: no byte
 * passes and no end is told (a black hole), and nobody new gets through.
 */
export interface CutProxy {
  /** e.g. `http://127.0.0.1:21210` */
  readonly url: string;
  cut(): void;
  /** New connections pass again; the old ones stay dead, as after a change of network. */
  mend(): void;
  /** Ends every connection with a reset. */
  reset(): void;
  /** The next text frame from the server that matches is lost, and nothing else. */
  loseNext(matches: (text: string) => boolean): void;
  /** Text frames that were lost by `loseNext`. */
  lost(): number;
  close(): Promise<void>;
}

export interface CutProxyOptions {
  readonly port: number;
  /** Port of the server. */
  readonly target: number;
  /** Header lines added to each connection's first request, e.g. the cookie that a browser sends. */
  readonly headers?: readonly string[];
}

export async function startCutProxy(options: CutProxyOptions): Promise<CutProxy> {
  const road = await startFaultyRoad(options);
  return { ...road, cut: road.blackHole, mend: road.heal };
}
