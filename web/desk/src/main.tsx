import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Desk } from "./app/Desk";
import "./styles/base.css";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(
  <StrictMode>
    <Desk />
  </StrictMode>,
);
