/** Which survey this is, and in which language it is read. */

import { Door } from "./api";
import { Page } from "./page";
import { pickLanguage } from "./texts";
import "./style.css";

const root = document.getElementById("page");
const token = location.pathname.split("/").filter(Boolean).at(-1) ?? "";
if (root) void new Page(root, new Door(token), pickLanguage(navigator.languages)).open();
