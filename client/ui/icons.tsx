import type { ReactNode } from "react";

/** Every colour has a partner: a shape. Decorative beside a word, so hidden from readers. */
export type IconName =
  | "running"
  | "soon"
  | "overdue"
  | "ended"
  | "phone"
  | "server"
  | "seen"
  | "acknowledged"
  | "refused"
  | "live"
  | "trouble"
  | "muted"
  | "sound"
  | "sos"
  | "shield"
  | "unverified"
  | "journal"
  | "held";

const SHAPES: Readonly<Record<IconName, ReactNode>> = {
  running: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path d="M8 4.5V8l2.5 1.5" />
    </>
  ),
  soon: <path d="M8 2 14.5 13.5h-13zM8 6v3.5M8 11.2v.6" />,
  overdue: <path d="M5 1.5h6L14.5 5v6L11 14.5H5L1.5 11V5zM8 4.5v4.5M8 10.8v.7" />,
  ended: <path d="m3 8.5 3.5 3.5L13 4.5" />,
  phone: <path d="M5 1.5h6v13H5zM7.3 12.5h1.4" />,
  server: <path d="M2 3h12v4H2zM2 9h12v4H2zM4.5 5h.1M4.5 11h.1" />,
  seen: (
    <>
      <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8z" />
      <circle cx="8" cy="8" r="2" />
    </>
  ),
  acknowledged: <path d="m1.5 8.5 3 3 6-7M8 11l.5.5 6-7" />,
  refused: <path d="M6 3 2 7l4 4M2 7h8a4 4 0 0 1 0 7" />,
  live: <circle cx="8" cy="8" r="4" fill="currentColor" />,
  trouble: <path d="M2 2l12 12M3 8a7 7 0 0 1 2-2M13 8a7 7 0 0 0-4-3M8 12h.1" />,
  muted: <path d="M2 6v4h3l4 3V3L5 6zM11.5 6l3 4M14.5 6l-3 4" />,
  sound: <path d="M2 6v4h3l4 3V3L5 6zM11.5 5.5a4 4 0 0 1 0 5" />,
  sos: (
    <path d="m8 1 1.6 4.2L14 3.5l-1.7 4.2L15.5 10l-4.2.7.2 4.3L8 12.4 4.5 15l.2-4.3L.5 10l3.2-2.3L2 3.5l4.4 1.7z" />
  ),
  shield: <path d="M8 1.5 13.5 3.5V8c0 3.5-2.5 5.5-5.5 6.5C5 13.5 2.5 11.5 2.5 8V3.5z" />,
  journal: <path d="M3 1.5h10v13H3zM5.5 5h5M5.5 8h5M5.5 11h2.5" />,
  unverified: (
    <path d="M8 1.5 13.5 3.5V8c0 3.5-2.5 5.5-5.5 6.5C5 13.5 2.5 11.5 2.5 8V3.5zM6.2 6.2a1.9 1.9 0 1 1 2.6 1.9c-.6.2-.8.6-.8 1.1M8 11.2v.1" />
  ),
  held: (
    <>
      <circle cx="8" cy="8" r="6" />
      <circle cx="8" cy="8" r="2.5" fill="currentColor" />
    </>
  ),
};

export function Icon({ name, size = "1em" }: { name: IconName; size?: string | number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinejoin="round"
      strokeLinecap="round"
      aria-hidden="true"
    >
      {SHAPES[name]}
    </svg>
  );
}
