import "./field.css";
import "./parts/cards.css";
import "./parts/controls.css";
import "./parts/forms.css";
import "./home/home.css";
import "./messages/messages.css";
import "./operation/operation.css";
import "./duty/duty.css";
import "./sos/sos.css";
import { type ReactNode, useState } from "react";
import { useOperationTexts } from "../../operation/use-operation-texts.ts";
import { useConnection } from "../../store/use-session.ts";
import { Part } from "../../ui/Failed.tsx";
import { DetentionScreen } from "./detention/DetentionScreen.tsx";
import { DetentionsScreen } from "./detention/DetentionsScreen.tsx";
import { NewDetention } from "./detention/NewDetention.tsx";
import { browserDevice, type Device } from "./device.ts";
import { DutyBands } from "./duty/DutyBands.tsx";
import { EnterScreen } from "./enter/EnterScreen.tsx";
import { FieldServicesProvider } from "./field-services.tsx";
import { Bands } from "./home/Bands.tsx";
import { Header } from "./home/Header.tsx";
import { Home } from "./home/Home.tsx";
import { LibertyStrip } from "./home/LibertyClocks.tsx";
import { OtherOperationScreen } from "./home/OtherOperationScreen.tsx";
import { MeScreen } from "./me/MeScreen.tsx";
import { MessagesScreen } from "./messages/MessagesScreen.tsx";
import { LifeCard } from "./operation/LifeCard.tsx";
import { OperationScreens } from "./operation/OperationScreens.tsx";
import { OutboxScreen } from "./outbox/OutboxScreen.tsx";
import { NewRequest } from "./police/NewRequest.tsx";
import { RequestScreen } from "./police/RequestScreen.tsx";
import { RequestsScreen } from "./police/RequestsScreen.tsx";
import { RecordApproach } from "./report/RecordApproach.tsx";
import { ReportIncident } from "./report/ReportIncident.tsx";
import { parseRoute, type Route, useHash } from "./route.ts";
import { Help } from "./sos/Help.tsx";
import { SosScreen } from "./sos/SosScreen.tsx";

/** The officer's phone: one hand, in the rain. The call for help is under the thumb on every screen. */
export function FieldFace({ device }: { device?: Device }) {
  useOperationTexts();
  const [own] = useState(() => device ?? browserDevice());
  return (
    <FieldServicesProvider device={own}>
      <div className="f-face">
        <Part>
          <Place />
        </Part>
        <Help />
      </div>
    </FieldServicesProvider>
  );
}

/** These show the clocks themselves, or nothing but the call for help. */
const WITHOUT_STRIP: ReadonlySet<Route["screen"]> = new Set(["home", "detention", "sos"]);

function Place() {
  const route = parseRoute(useHash());
  const away = useConnection(
    ({ connection }) => connection.kind === "signed-out" || connection.kind === "refused",
  );
  // What happened to a call for help is shown even to a phone that has been turned away.
  if (away && route.screen !== "sos" && route.screen !== "outbox") return <EnterScreen />;
  return (
    <>
      {route.screen === "sos" ? null : <Header />}
      <Bands />
      {route.screen === "sos" ? null : <DutyBands />}
      {WITHOUT_STRIP.has(route.screen) ? null : <LibertyStrip />}
      {route.screen === "sos" ? null : <LifeCard />}
      <Part key={JSON.stringify(route)}>{screenOf(route)}</Part>
    </>
  );
}

function screenOf(route: Route): ReactNode {
  switch (route.screen) {
    case "home":
      return <Home />;
    case "operation":
      return <OtherOperationScreen id={route.id} />;
    case "team":
    case "attendees":
    case "scene":
    case "return":
      return <OperationScreens name={route.screen} id={route.id} />;
    case "sos":
      return <SosScreen />;
    case "outbox":
      return <OutboxScreen />;
    case "messages":
      return <MessagesScreen />;
    case "me":
      return <MeScreen />;
    case "detentions":
      return <DetentionsScreen />;
    case "newDetention":
      return <NewDetention key={route.kind} kind={route.kind} />;
    case "detention":
      return <DetentionScreen key={route.id} id={route.id} />;
    case "requests":
      return <RequestsScreen />;
    case "newRequest":
      return <NewRequest />;
    case "newIncident":
      return <ReportIncident />;
    case "approach":
      return <RecordApproach />;
    case "request":
      return <RequestScreen key={route.id} id={route.id} />;
  }
}
