import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { StoredRecord } from "../../../store/dto.ts";
import { useRecord } from "../../../store/use-records.ts";
import { NoOperation } from "../home/Home.tsx";
import { Screen } from "../parts/Screen.tsx";
import type { OperationScreenName } from "../route.ts";
import { AttendeesScreen } from "./AttendeesScreen.tsx";
import { ReturnScreen } from "./ReturnScreen.tsx";
import { SceneScreen } from "./SceneScreen.tsx";
import { TeamScreen } from "./TeamScreen.tsx";

const SCREENS: Readonly<
  Record<
    OperationScreenName,
    {
      readonly title: string;
      readonly Part: (props: { operation: StoredRecord<"operation"> }) => ReactNode;
    }
  >
> = {
  team: { title: "field.teamTitle", Part: TeamScreen },
  attendees: { title: "attendees.title", Part: AttendeesScreen },
  scene: { title: "field.sceneTitle", Part: SceneScreen },
  return: { title: "field.backTitle", Part: ReturnScreen },
};

/** One side of a planned operation, for a thumb. */
export function OperationScreens({ name, id }: { name: OperationScreenName; id: string }) {
  const { t } = useTranslation("operation");
  const operation = useRecord("operation", id);
  const { title, Part } = SCREENS[name];
  return (
    <Screen title={t(title)}>{operation ? <Part operation={operation} /> : <NoOperation />}</Screen>
  );
}
