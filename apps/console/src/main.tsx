import "@fontsource-variable/inter/wght.css";
import "./look/mantine.css";
import "./look/tokens.css";
import "./look/states.css";
import "./look/base.css";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";

const element = document.getElementById("root");
if (element !== null) createRoot(element).render(<App />);
