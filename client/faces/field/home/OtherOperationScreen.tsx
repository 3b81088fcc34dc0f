import { useRecord } from "../../../store/use-records.ts";
import { Screen } from "../parts/Screen.tsx";
import { Current, NoOperation } from "./Home.tsx";

/** Another of his operations, when he is named in several. */
export function OtherOperationScreen({ id }: { id: string }) {
  const operation = useRecord("operation", id);
  return (
    <Screen title={operation?.dto.code ?? ""}>
      {operation ? <Current operation={operation} /> : <NoOperation />}
    </Screen>
  );
}
