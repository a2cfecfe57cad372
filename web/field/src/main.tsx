import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Field } from "./app/Field";
import { reloadOnce } from "./app/reload";
import { showStoredTheme } from "./ui/useTheme";
import "./styles/base.css";
import "./styles/ui.css";
import "./styles/shell.css";
import "./styles/pages.css";

showStoredTheme();
window.addEventListener("vite:preloadError", reloadOnce);

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <Field />
  </StrictMode>,
);

if (import.meta.env.PROD && "serviceWorker" in navigator) {
  void navigator.serviceWorker.register("/field/sw.js", { scope: "/field/" }).catch(() => undefined);
}
