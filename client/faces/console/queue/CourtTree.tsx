import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useRecordMap } from "../../../store/use-records.ts";
import { useUi } from "../../../store/use-session.ts";
import { useNames } from "../desk/names.tsx";
import { useViewer } from "../desk/use-viewer.ts";
import { type CourtNode, courtTree } from "./court-counts.ts";
import type { QueueItem } from "./queue-item.ts";

/** Courts below this one with what is open in each; choosing one narrows queue and map. */
export function CourtTree({ items }: { items: readonly QueueItem[] }) {
  const { t } = useTranslation("console");
  const courts = useRecordMap("court");
  const { courtId } = useViewer();
  const root = useMemo(() => courtTree(courtId, courts, items), [courtId, courts, items]);
  const chosen = useUi((s) => s.courtFilter);
  const choose = useUi((s) => s.setCourtFilter);
  if (root.children.length === 0) return null;
  const path = pathTo(root, chosen ?? root.id) ?? [root];
  const here = path.at(-1) ?? root;
  const level = here.children.length > 0 ? here : (path.at(-2) ?? root);
  return (
    <nav className="court-tree" aria-label={t("courts.title")}>
      <Crumbs path={path} choose={choose} />
      <ul>
        {level.children.map((node) => (
          <li key={node.id}>
            <CourtButton node={node} chosen={node.id === chosen} choose={choose} />
          </li>
        ))}
      </ul>
    </nav>
  );
}

type Choose = (courtId: string | null) => void;

function Crumbs({ path, choose }: { path: readonly CourtNode[]; choose: Choose }) {
  const names = useNames();
  return (
    <div className="court-crumbs">
      {path.map((node, index) => (
        <button
          key={node.id}
          type="button"
          className="plain-button"
          aria-current={index === path.length - 1}
          onClick={() => choose(index === 0 ? null : node.id)}
        >
          {names.court(node.id)} <Counts node={node} />
        </button>
      ))}
    </div>
  );
}

function CourtButton({
  node,
  chosen,
  choose,
}: {
  node: CourtNode;
  chosen: boolean;
  choose: Choose;
}) {
  const names = useNames();
  return (
    <button
      type="button"
      className="court-button"
      aria-pressed={chosen}
      data-quiet={node.open === 0 ? "" : undefined}
      onClick={() => choose(chosen ? null : node.id)}
    >
      <span>{names.court(node.id)}</span>
      <Counts node={node} />
    </button>
  );
}

function Counts({ node }: { node: CourtNode }) {
  const { t } = useTranslation("console");
  return (
    <span className="court-counts">
      {node.act > 0 ? <b title={t("courts.act")}>{node.act}</b> : null}
      <span>{node.open}</span>
    </span>
  );
}

function pathTo(node: CourtNode, id: string): readonly CourtNode[] | undefined {
  if (node.id === id) return [node];
  for (const child of node.children) {
    const rest = pathTo(child, id);
    if (rest) return [node, ...rest];
  }
  return undefined;
}
