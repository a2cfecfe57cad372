/** The desk's names for what the books tell about stock. */
import type { components } from "./schema";

type Schemas = components["schemas"];

export type StockLocation = Schemas["LocationView"];
export type Balance = Schemas["BalanceView"];
export type Move = Schemas["MoveView"];
export type Posted = Schemas["Posted"];
export type Reservation = Schemas["ReservationView"];
export type Reserved = Schemas["Reserved"];
export type Transfer = Schemas["TransferView"];
export type TransferLine = Schemas["TransferLineView"];
export type PartRequest = Schemas["RequestView"];
export type Count = Schemas["CountView"];
export type CountLine = Schemas["CountLineView"];
export type StockPart = Schemas["StockPartView"];
export type StockPartFile = Schemas["StockPartPage"];
export type Proposal = Schemas["Proposal"];
export type ProposalLine = Schemas["ProposalLine"];
export type Scanned = Schemas["ScanView"];
export type StockOverview = Schemas["Overview"];
export type StockProof = Schemas["VerifyView"];
export type StockRules = Schemas["RulesView"];

export type Condition = "good" | "defective";
export interface Cost {
  amount: string;
  currency: string;
}
