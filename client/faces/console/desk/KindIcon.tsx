import type { ReactNode } from "react";
import type { EntityType } from "../../../../shared/domain/kernel/ref.ts";
import { Icon, type IconName } from "../../../ui/icons.tsx";

const SHARED: Readonly<Partial<Record<EntityType, IconName>>> = {
  incident: "sos",
  police: "shield",
  detention: "held",
};

/** Shapes as on the map where there are some: flag of an operation, diamond of a court. */
const SHAPES: Readonly<Partial<Record<EntityType, ReactNode>>> = {
  operation: <path d="M3.500 15V1.500M3.500 2.500h9.500l-2.500 3.500 2.500 3.500H3.500" />,
  order: <path d="M3 1.500h10v8L8 14.500 3 9.500zM8 4v5.500M5.500 7.500 8 10l2.500-2.500" />,
  message: <path d="M1.500 2.500h13v9H7l-3 3v-3H1.500zM4.500 5.500h7M4.500 8.500h4.500" />,
  rollcall: (
    <path d="M2.500 2h11v12.500h-11zM5 6h3.500M5 10h3.500M10 6l1 1 1.500-2M10 10l1 1 1.500-2" />
  ),
  notice: <path d="M2 6.500h3l6-4v11l-6-4H2zM13 6.500v3" />,
  court: <path d="M8 1.500 14.500 8 8 14.500 1.500 8z" />,
  officer: (
    <>
      <circle cx="8" cy="5" r="3" />
      <path d="M2 14.500c0-3.500 2.500-5 6-5s6 1.500 6 5" />
    </>
  ),
  unit: (
    <path d="M8 1.500 13.500 3.500V8c0 3.500-2.500 5.500-5.500 6.500C5 13.500 2.500 11.500 2.500 8V3.500z" />
  ),
};

/** Every kind of record has its shape; colour only repeats it. */
export function KindIcon({ type }: { type: EntityType }) {
  const shared = SHARED[type];
  if (shared) return <Icon name={shared} size="1.15em" />;
  return (
    <svg
      width="1.15em"
      height="1.15em"
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.500"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {SHAPES[type] ?? <circle cx="8" cy="8" r="5" />}
    </svg>
  );
}
