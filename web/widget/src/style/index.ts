/** All styles of the widget as one sheet. */

import cards from "./cards.css?inline";
import composer from "./composer.css?inline";
import log from "./log.css?inline";
import panel from "./panel.css?inline";
import tokens from "./tokens.css?inline";

export const styles = [tokens, panel, log, cards, composer].join("\n");
