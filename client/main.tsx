import "./styles/tokens.css";
import "./styles/base.css";
import "./styles/ui.css";
import { createRoot } from "react-dom/client";
import { createApp, faceOf } from "./App.tsx";
import { composePage } from "./compose.ts";
import { readSeatTokens, takeKioskToken } from "./seat-tokens.ts";

const face = faceOf(location.pathname);
if (face === "wall") takeKioskToken(localStorage, history, location);
const root = document.getElementById("root");
const seat = face === "login" || face === "exercise" ? undefined : face;
if (root) createRoot(root).render(createApp(composePage(readSeatTokens(localStorage), seat), face));
