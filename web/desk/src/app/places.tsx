import {
  AccountBookOutlined,
  BookOutlined,
  BugOutlined,
  CarOutlined,
  CheckSquareOutlined,
  ClusterOutlined,
  ContainerOutlined,
  DeploymentUnitOutlined,
  FieldTimeOutlined,
  FileProtectOutlined,
  InboxOutlined,
  ProfileOutlined,
  SettingOutlined,
  SmileOutlined,
  TeamOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import type { Me } from "../api/types";
import type { Key } from "../i18n/catalogue";

export interface Place {
  path: string;
  title: Key;
  icon: ReactNode;
  /** The scope that opens it; none: everybody. */
  scope?: string;
}

export const PLACES: Place[] = [
  { path: "/inbox", title: "nav.inbox", icon: <InboxOutlined />, scope: "conversations:read" },
  { path: "/tickets", title: "nav.tickets", icon: <ProfileOutlined />, scope: "tickets:read" },
  { path: "/visits", title: "nav.visits", icon: <CarOutlined />, scope: "tickets:read" },
  { path: "/dispatch", title: "nav.dispatch", icon: <DeploymentUnitOutlined />, scope: "dispatch" },
  { path: "/devices", title: "nav.devices", icon: <ClusterOutlined />, scope: "assets:read" },
  { path: "/customers", title: "nav.customers", icon: <TeamOutlined />, scope: "customers:read" },
  { path: "/contracts", title: "nav.contracts", icon: <FileProtectOutlined />, scope: "contracts:read" },
  { path: "/promises", title: "nav.promises", icon: <FieldTimeOutlined />, scope: "tickets:read" },
  { path: "/billing", title: "nav.billing", icon: <AccountBookOutlined />, scope: "billing:read" },
  { path: "/stock", title: "nav.stock", icon: <ContainerOutlined />, scope: "stock:read" },
  { path: "/knowledge", title: "nav.knowledge", icon: <BookOutlined />, scope: "knowledge:read" },
  { path: "/sops", title: "nav.sops", icon: <CheckSquareOutlined />, scope: "sop:read" },
  { path: "/faults", title: "nav.faults", icon: <BugOutlined />, scope: "knowledge:read" },
  { path: "/feedback", title: "nav.feedback", icon: <SmileOutlined />, scope: "feedback:read" },
  { path: "/settings", title: "nav.settings", icon: <SettingOutlined /> },
];

export const placesOf = (me: Me): Place[] =>
  PLACES.filter(({ scope }) => !scope || me.scopes.includes(scope));
